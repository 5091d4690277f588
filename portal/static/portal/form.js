/* The form of an application. Every part works without this script; with it nothing is typed in vain:
   data-form          the form itself: what was typed stays in the tab until the server says it has it
   data-saved         an element naming the step that the server has saved (see applications/web)
   data-files         the files of one question: sent at once, with progress, one by one
   data-budget        two lists of amounts: sums while one types, a line more without a page */
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const wordsOf = (address) => `concept:${address}`;
  const seenOf = (address) => `seen:${address}`;

  // Before app.js puts back what was kept: forget what has arrived.
  all("[data-saved]").forEach((element) => {
    sessionStorage.removeItem(wordsOf(element.dataset.saved));
    sessionStorage.removeItem(seenOf(element.dataset.saved));
  });

  // Words that are put back go with what their page had seen, so that a clash is noticed.
  all("form[data-form]").forEach((form) => {
    const address = form.dataset.autosave;
    const seen = sessionStorage.getItem(seenOf(address));
    if (seen && sessionStorage.getItem(wordsOf(address))) form.elements.version.value = seen;
  });

  const values = (form) => [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "version");

  function keeper(form) {
    const address = form.dataset.autosave;
    let dirty = false;
    form.addEventListener("input", () => {
      dirty = true;
      sessionStorage.setItem(seenOf(address), form.elements.version.value);
    });
    // A press on a button may meet an ended session: the words wait in the tab until they arrived.
    form.addEventListener("submit", () => {
      dirty = false;
      sessionStorage.setItem(wordsOf(address), JSON.stringify(values(form)));
      sessionStorage.setItem(seenOf(address), form.elements.version.value);
    });
    // A link away, a closed tab: the last words go along.
    window.addEventListener("pagehide", () => {
      if (dirty) fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
    });
    // Back to a page that the browser kept: what it has seen is old.
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  }

  /* Which questions are asked follows from the answers; the server knows, this shows it. */
  function conditions(form) {
    form.addEventListener("change", async (event) => {
      if (!event.target.matches("input[type=radio], select")) return;
      const answer = await fetch(form.dataset.asked, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
      }).catch(() => null);
      if (!answer || !answer.ok) return;
      const { hidden } = await answer.json();
      all("[data-question]", form).forEach((part) => {
        part.hidden = hidden.includes(part.dataset.question);
      });
    });
  }

  function token(form) {
    return form.elements.csrfmiddlewaretoken.value;
  }

  function files(part, form) {
    const add = part.querySelector("[data-files-add]");
    const field = part.querySelector("input[type=file]");
    const bar = part.querySelector("progress");
    const status = part.querySelector("[data-files-status]");
    // The file travels on its own; without a name it never goes along with the words.
    field.removeAttribute("name");
    part.querySelector("[data-files-send]").hidden = true;

    const tell = (words, tone) => {
      status.textContent = words;
      status.dataset.tone = tone;
    };
    const show = (html) => {
      part.querySelector("[data-files-list]").innerHTML = html;
      const most = Number(part.dataset.most);
      add.hidden = all("[data-files-list] li", part).length >= most;
    };

    field.addEventListener("change", () => {
      if (!field.files.length) return;
      const body = new FormData();
      body.append("file", field.files[0]);
      body.append("csrfmiddlewaretoken", token(form));
      const name = field.files[0].name;
      const address = form.dataset.filesAddress.replace("CODE", part.dataset.files);
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        bar.hidden = false;
        bar.max = event.total;
        bar.value = event.loaded;
        tell(`${name}: ${Math.floor((event.loaded / event.total) * 100)} %`, "ok");
      });
      const ready = () => {
        bar.hidden = true;
        field.value = "";
      };
      request.addEventListener("error", () => {
        ready();
        tell(part.dataset.failed, "error");
      });
      request.addEventListener("load", () => {
        const kind = request.getResponseHeader("Content-Type") || "";
        const here = new URL(request.responseURL).pathname === address;
        ready();
        if (request.status === 200 && here) {
          show(request.responseText);
          tell(part.dataset.sent.replace("{name}", name), "ok");
        } else if (kind.includes("json")) tell(JSON.parse(request.responseText).message, "error");
        else tell(part.dataset.failed, "error");
      });
      request.send(body);
    });

    part.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-files-remove]");
      if (!button) return;
      event.preventDefault();
      const answer = await fetch(button.dataset.filesRemove, {
        method: "POST",
        body: new URLSearchParams({ csrfmiddlewaretoken: token(form) }),
        redirect: "manual",
      }).catch(() => null);
      if (answer && answer.ok) {
        show(await answer.text());
        tell(part.dataset.removed, "ok");
        field.focus();
      } else tell(part.dataset.failed, "error");
    });
  }

  /* "1.250,50" as cents; nothing where it is no amount. The server reads it in the same way. */
  function cents(text) {
    const plain = text.replace(/[\s€]|euro|EUR/gi, "");
    const found = plain.match(/^(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d{1,2}|-))?$/);
    if (!found) return 0;
    return Number(found[1].replaceAll(".", "")) * 100 + Number((found[2] || "0").replace("-", "0").padEnd(2, "0"));
  }

  function euro(amount) {
    const digits = amount % 100 ? 2 : 0;
    const words = (amount / 100).toLocaleString("nl-NL", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return `€\u00a0${words}`;
  }

  function budget(part) {
    all("[data-half]", part).forEach((half) => {
      const lines = half.querySelector("[data-lines]");
      const total = half.querySelector("[data-total]");
      half.addEventListener("input", () => {
        total.textContent = euro(all("[data-amount]", half).reduce((sum, field) => sum + cents(field.value), 0));
      });
      half.querySelector("[data-add-line]").addEventListener("click", (event) => {
        const last = lines.lastElementChild;
        const number = lines.children.length + 1;
        if (number > 100) return;
        event.preventDefault();
        const line = last.cloneNode(true);
        line.innerHTML = line.innerHTML.replaceAll(`-${number - 1}-`, `-${number}-`).replaceAll(` ${number - 1}`, ` ${number}`);
        all("input", line).forEach((field) => {
          field.value = "";
          field.removeAttribute("value");
          field.removeAttribute("id");
        });
        lines.append(line);
        line.querySelector("input").focus();
      });
    });
  }

  // After app.js, whose listeners on the same form come first.
  document.addEventListener("DOMContentLoaded", () => {
    all("form[data-form]").forEach((form) => {
      keeper(form);
      conditions(form);
    });
    all("form[data-files-address]").forEach((form) => {
      all("[data-files]", form).forEach((part) => files(part, form));
      all("[data-budget]", form).forEach(budget);
    });
  });
})();
