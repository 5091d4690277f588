/* Small helps on top of pages that work without them. Every hook is an attribute:
   data-once        a form that may be sent once (a second click does nothing)
   data-copy        a button that copies the text of the element with this id
   data-menu        the button that opens the main menu on a narrow screen
   data-focus       an element that takes the focus when the page opens (error summary)
   data-autosave    a form that saves itself to this address while one types
   data-filters     filters that fold away on a narrow screen while nobody filters
   data-passkey     a part that only makes sense where the browser knows passkeys
   data-count       a field whose used characters are counted in the element with this id */
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function once(form) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      // The button's own name and value must still go along, so it is not disabled.
      all("button[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
  }

  function release() {
    all("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      all("button[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
    });
  }

  function copy(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      const status = document.getElementById(button.dataset.copyStatus);
      if (status) status.textContent = button.dataset.copied;
    });
  }

  function menu(button) {
    const nav = document.getElementById(button.getAttribute("aria-controls"));
    button.hidden = false;
    nav.dataset.closed = "";
    button.addEventListener("click", () => {
      const open = nav.toggleAttribute("data-closed") === false;
      button.setAttribute("aria-expanded", String(open));
    });
  }

  function count(field) {
    const target = document.getElementById(field.dataset.count);
    const show = () => {
      target.textContent = target.dataset.text
        .replace("{used}", [...field.value].length)
        .replace("{limit}", field.dataset.limit);
    };
    field.addEventListener("input", show);
    show();
  }

  /* The server answers JSON: message (words), and version when it saved. 401: the session ended;
     409: someone else changed it. What could not be saved stays in this tab until it is. */
  function autosave(form) {
    const status = document.getElementById(form.dataset.autosaveStatus);
    const keep = `concept:${form.dataset.autosave}`;
    let timer = 0;
    let running = false;
    let again = false;

    const tell = (words, tone) => {
      status.textContent = words;
      status.dataset.tone = tone;
    };
    const values = () => [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "version");

    async function save() {
      if (running) {
        again = true;
        return;
      }
      running = true;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: new FormData(form),
          headers: { Accept: "application/json", "X-Autosave": "1" },
          redirect: "manual",
        });
        const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
        if (answer.ok) {
          sessionStorage.removeItem(keep);
          if (told.version !== undefined && form.elements.version) form.elements.version.value = told.version;
          tell(told.message, "ok");
        } else {
          sessionStorage.setItem(keep, JSON.stringify(values()));
          const ended = answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect";
          tell(told.message || (ended ? form.dataset.autosaveEnded : form.dataset.autosaveFailed), "error");
        }
      } catch {
        sessionStorage.setItem(keep, JSON.stringify(values()));
        tell(form.dataset.autosaveFailed, "error");
      } finally {
        running = false;
        if (again) {
          again = false;
          save();
        }
      }
    }

    function restore() {
      const kept = sessionStorage.getItem(keep);
      if (!kept) return;
      const byName = new Map();
      JSON.parse(kept).forEach(([name, value]) => byName.set(name, [...(byName.get(name) || []), value]));
      for (const element of form.elements) {
        if (!element.name || element.type === "file" || !byName.has(element.name)) continue;
        const list = byName.get(element.name);
        if (element.type === "checkbox" || element.type === "radio") element.checked = list.includes(element.value);
        else if (element.type !== "hidden") element.value = list[0];
      }
      tell(form.dataset.autosaveRestored, "ok");
      save();
    }

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, 1200);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      sessionStorage.removeItem(keep);
    });
    restore();
  }

  function start(root) {
    all("form[data-once]", root).forEach(once);
    all("[data-copy]", root).forEach(copy);
    all("form[data-autosave]", root).forEach(autosave);
    all("[data-count]", root).forEach(count);
  }

  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    all("[data-menu]").forEach(menu);
    if (window.PublicKeyCredential) all("[data-passkey]").forEach((part) => { part.hidden = false; });
    if (window.innerWidth < 768 && !window.location.search) all("[data-filters]").forEach((part) => { part.open = false; });
    all("[data-focus]").forEach((element) => element.focus());
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) start(event.target);
  });
  window.addEventListener("pageshow", (event) => event.persisted && release());
})();
