/* Helps on the pages of a vote; without it they work the same, page by page.

   Steps are fetched and put into this page, so that no step is an entry in the history that could
   be sent again: after a vote there is nothing to go back to. Codes, choices and marks are in this
   page's memory only; the next voter starts with a page that has none. */
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const main = () => document.getElementById("inhoud");
  const step = () => one("[data-vote]")?.dataset.vote;

  /* Memory of one voter: earlier steps as they stood, what she read, what she may choose. */
  let earlier = [];
  let number = 0;
  let read = new Set();
  let maybe = new Set();
  let lastTouched = "";
  let busy = false;

  function forget() {
    earlier = [];
    number = 0;
    read = new Set();
    maybe = new Set();
    lastTouched = "";
  }

  /* --- From step to step --------------------------------------------------------------------- */

  async function send(form, button) {
    if (busy) return;
    busy = true;
    const target = button?.getAttribute("formaction") || form.getAttribute("action");
    const data = new URLSearchParams(new FormData(form, button));
    all("button[type=submit]", main()).forEach((each) => each.setAttribute("aria-disabled", "true"));
    try {
      const answer = await fetch(target, { method: "POST", body: data, cache: "no-store", credentials: "same-origin" });
      const type = answer.headers.get("Content-Type") || "";
      if (!type.includes("text/html")) throw new TypeError(type);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"), form, button);
    } catch {
      failed();
    } finally {
      busy = false;
      all("button[aria-disabled]").forEach((each) => each.removeAttribute("aria-disabled"));
    }
  }

  function show(page, form, button) {
    const fresh = page.getElementById("inhoud");
    if (!fresh) throw new TypeError("no page");
    const before = step();
    const old = main();
    document.documentElement.lang = page.documentElement.lang;
    if (button?.name === "taal") all(".sve-header, .sve-footer").forEach((part) => part.replaceWith(document.adoptNode(one(`.${part.className}`, page))));
    // Who comes back to the code types it again: it stands in no field that somebody could look at.
    if (before === "code") one("#id_code", old).value = "";
    // A language, a filter or an error is the same step again.
    const again = Boolean(button?.name === "taal" || button?.name === "zoek" || one(".sve-error-summary", fresh));
    const kept = { node: old, title: document.title, focus: document.activeElement?.id };
    old.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    const now = step();
    if (now === "receipt" || now === "not_now" || now === "code") {
      forget();
      history.replaceState({ vote: 0 }, "");
    } else if (!again && before !== now) {
      earlier[number] = kept;
      number += 1;
      earlier.length = number;
      history.pushState({ vote: number }, "");
    }
    start();
    land();
  }

  /* Where the eye and the keyboard are after a step: at an error, where she was, or at the top. */
  function land() {
    const error = one(".sve-error-summary");
    const back = step() === "ballot" && !error && lastTouched && document.getElementById(lastTouched);
    if (error) {
      error.focus();
    } else if (back) {
      back.focus({ preventScroll: true });
      back.scrollIntoView({ block: "center" });
    } else {
      const heading = one("h1", main());
      heading.tabIndex = -1;
      window.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    }
  }

  function failed() {
    const note = one("[data-vote-failed]") || document.createElement("p");
    note.setAttribute("role", "alert");
    note.dataset.voteFailed = "";
    note.className = "sve-saved";
    note.dataset.tone = "error";
    note.textContent = document.documentElement.lang.startsWith("en")
      ? "No answer. Everything you filled in is still here. Try again."
      : "Er komt geen antwoord. Wat u invulde, staat er nog. Probeer het opnieuw.";
    one("[data-vote]").append(note);
    note.scrollIntoView({ block: "center" });
  }

  /* Before the small script of every page, which keeps a form from being sent twice. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!step() || !main().contains(form) || form.method !== "post" || "download" in form.dataset) return;
    event.preventDefault();
    event.stopPropagation();
    send(form, event.submitter);
  }, true);

  window.addEventListener("popstate", (event) => {
    const wanted = event.state?.vote ?? 0;
    const there = earlier[wanted];
    if (!step()) return;
    if (!there) {
      nextVoter();
      return;
    }
    // Forward leads nowhere: only the steps before this one are kept.
    number = wanted;
    earlier.length = wanted;
    main().replaceWith(there.node);
    document.title = there.title;
    all("button[aria-disabled]").forEach((each) => each.removeAttribute("aria-disabled"));
    land();
  });

  /* A page that the browser kept whole comes back empty of the former voter. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && step()) nextVoter();
  });
  window.addEventListener("pagehide", () => {
    if (step()) all("form", main()).forEach((form) => form.reset());
  });

  function nextVoter() {
    forget();
    window.location.replace(one("[data-next], [data-leave]")?.getAttribute("href") || window.location.pathname);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-next], [data-leave]");
    if (!link) return;
    event.preventDefault();
    nextVoter();
  });

  /* --- The code ------------------------------------------------------------------------------ */

  /* A printed square holds the code behind "#", which browsers send to nobody. */
  function codeFromAddress() {
    const field = one("#id_code");
    const code = decodeURIComponent(window.location.hash.slice(1)).trim();
    if (!field || !code || !/^[A-Za-z0-9 -]{10,40}$/.test(code)) return;
    history.replaceState({ vote: 0 }, "", window.location.pathname);
    field.value = code;
    const told = one("[data-code-read]");
    told.textContent = told.dataset.words;
    one("#code-formulier button[type=submit]").focus();
  }

  /* --- The ballot paper ---------------------------------------------------------------------- */

  function ballot(form) {
    const kind = form.dataset.ballot;
    const most = Number(form.dataset.most);
    const options = all("[data-option]", form);
    const title = (option) => one(".sve-card-title", option).textContent.trim();
    const money = kind === "knapsack" || kind === "household";
    const english = document.documentElement.lang.startsWith("en");
    const euros = (cents) => new Intl.NumberFormat(english ? "en-GB" : "nl-NL", {
      style: "currency", currency: "EUR", minimumFractionDigits: cents % 100 ? 2 : 0, maximumFractionDigits: 2,
    }).format(cents / 100).replace(/\s/g, "\u00a0").replace("€", english ? "€\u00a0" : "€");
    const plain = (n) => (money ? euros(n) : String(n));

    /* What an option has: points, score, cents, a place; 1 for a tick; null for nothing. */
    function mark(option) {
      const fields = all("[data-mark]", option);
      const field = fields.length > 1 ? fields.find((each) => each.checked) : fields[0];
      if (!field || ((field.type === "checkbox" || field.type === "radio") && !field.checked)) return null;
      if (field.name === "choices") return 1;
      const text = field.value.trim();
      if (!text) return null;
      if (kind === "household") return Math.round(Number(text.replace(/\.(?=\d{3}\b)/g, "").replace(",", ".")) * 100) || null;
      const value = Number(text);
      return kind === "score" && Number(form.dataset.lowest) < 0 ? value : value || null;
    }

    function tell() {
      const marked = options.filter((option) => mark(option) !== null);
      const sum = (amount) => marked.reduce((total, option) => total + amount(option), 0);
      const used = kind === "knapsack" ? sum((option) => Number(option.dataset.amount))
        : kind === "points" || kind === "household" ? sum(mark) : marked.length;
      const left = most - used;
      let which = marked.length === 0 ? "none" : left < 0 ? "over" : "some";
      if (Math.abs(which === "over" ? left : used) === 1 && form.dataset[`words${which[0].toUpperCase()}${which.slice(1)}_one`]) which += "_one";
      const words = form.dataset[`words${which[0].toUpperCase()}${which.slice(1)}`];
      const total = one("[data-total]", form);
      const said = words.replace("{used}", plain(used)).replace("{left}", plain(left))
        .replace("{over}", plain(-left)).replace("{most}", plain(most)).replace("{title}", marked[0] ? title(marked[0]) : "");
      if (total.textContent !== said) total.textContent = said;
      total.dataset.tone = which.startsWith("over") ? "over" : "";
      options.forEach((option) => one(".sve-option", option).classList.toggle("sve-option--chosen", mark(option) !== null));
    }

    form.addEventListener("focusin", (event) => {
      if (event.target.id && event.target.closest("[data-option]")) lastTouched = event.target.id;
    });
    form.addEventListener("input", tell);
    form.addEventListener("change", () => {
      tell();
      sieve();
    });
    // Enter in a field is not "I am done".
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault();
    });

    /* What is shown: by place and theme, and by what she read, marked or chose. */
    const filters = all("[data-filter]", form);
    const shown = one("[data-shown]", form);
    function sieve() {
      if (!shown) return;
      const wanted = Object.fromEntries(filters.map((each) => [each.dataset.filter, each.value]));
      let visible = 0;
      options.forEach((option) => {
        const uid = option.dataset.option;
        const fits = (!wanted.place || option.dataset.place === wanted.place)
          && (!wanted.theme || option.dataset.theme === wanted.theme)
          && (wanted.mark !== "unread" || !read.has(uid) || option.contains(document.activeElement))
          && (wanted.mark !== "maybe" || maybe.has(uid))
          && (wanted.mark !== "chosen" || mark(option) !== null || option.contains(document.activeElement));
        option.hidden = !fits;
        visible += fits ? 1 : 0;
      });
      const unread = options.filter((option) => one("[data-tags]", option) && !read.has(option.dataset.option)).length;
      shown.textContent = `${shown.dataset.words.replace("{n}", visible).replace("{total}", options.length)} ${
        unread ? shown.dataset.unread.replace("{n}", unread) : shown.dataset.allRead}`;
      one("[data-nothing]", form).hidden = visible > 0;
    }
    all("[data-script-only]", form).forEach((each) => { each.hidden = false; });
    all("[data-no-script]", form).forEach((each) => { each.hidden = true; });

    options.forEach((option) => {
      const uid = option.dataset.option;
      const tags = one("[data-tags]", option);
      if (!tags) return;
      tags.hidden = false;
      const button = one("[data-maybe]", tags);
      const draw = () => {
        button.setAttribute("aria-pressed", String(maybe.has(uid)));
        one("[data-read]", tags).hidden = !read.has(uid);
      };
      button.addEventListener("click", () => {
        if (!maybe.delete(uid)) maybe.add(uid);
        draw();
        sieve();
      });
      const story = one("[data-story]", option);
      const seen = () => {
        read.add(uid);
        draw();
        sieve();
      };
      if (story) story.addEventListener("toggle", () => story.open && seen());
      else read.add(uid);
      all("[data-mark]", option).forEach((field) => field.addEventListener("change", seen));
      draw();
    });

    if (kind === "household") all("[data-stepper]", form).forEach((place) => stepper(place, form, title));
    if (kind === "ranking") ranking(form, options, title);
    tell();
    sieve();
  }

  /* Less and more beside a typed amount, in the steps of the vote. */
  function stepper(place, form, title) {
    const option = place.closest("[data-option]");
    const field = one("[data-mark]", option);
    const size = Number(form.dataset.step) / 100;
    [["−", -size, place.dataset.less], ["+", size, place.dataset.more]].forEach(([sign, by, words]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sve-step-button";
      button.textContent = sign;
      button.setAttribute("aria-label", words.replace("{title}", title(option)));
      button.addEventListener("click", () => {
        const before = Number(field.value.replace(",", ".")) || 0;
        const after = Math.max(0, Math.round((before + by) * 100) / 100);
        field.value = after ? String(after).replace(".", ",") : "";
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      place.append(button);
    });
  }

  /* The own order as a list that one moves up and down; the fields say the same. */
  function ranking(form, options, title) {
    const panel = one("[data-order]", form);
    const list = one("[data-order-list]", panel);
    const told = one("[data-order-told]", panel);
    const most = Number(form.dataset.most);
    const field = (option) => one("select[data-mark]", option);
    const open = options.filter(field);
    panel.hidden = false;
    let order = open.filter((option) => field(option).value).sort((a, b) => field(a).value - field(b).value);

    function settle() {
      open.forEach((option) => {
        const place = order.indexOf(option) + 1;
        field(option).value = place ? String(place) : "";
      });
      one("[data-order-empty]", panel).hidden = order.length > 0;
      list.replaceChildren(...order.map(line));
      form.dispatchEvent(new Event("change"));
    }

    function line(option, index) {
      const item = document.createElement("li");
      const row = document.createElement("div");
      row.className = "sve-order-line";
      const name = document.createElement("span");
      name.textContent = title(option);
      row.append(name);
      [["↑", panel.dataset.up, index > 0, index - 1], ["↓", panel.dataset.down, index < order.length - 1, index + 1], ["×", panel.dataset.off, true, -1]]
        .forEach(([sign, words, possible, to]) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "sve-step-button";
          button.textContent = sign;
          button.setAttribute("aria-label", words.replace("{title}", title(option)));
          if (!possible) button.setAttribute("aria-disabled", "true");
          button.addEventListener("click", () => {
            if (!possible) return;
            move(option, to);
            const again = list.children[Math.min(Math.max(to, 0), list.children.length - 1)];
            const same = again && all("button", again).find((each) => each.textContent === sign);
            (same || one("h2", panel)).focus();
          });
          row.append(button);
        });
      item.append(row);
      return item;
    }

    function move(option, to) {
      order = order.filter((each) => each !== option);
      if (to >= 0) order.splice(to, 0, option);
      order.length = Math.min(order.length, most);
      settle();
      const place = order.indexOf(option) + 1;
      told.textContent = (place ? panel.dataset.moved : panel.dataset.gone)
        .replace("{title}", title(option)).replace("{place}", place);
    }

    one("h2", panel).tabIndex = -1;
    open.forEach((option) => field(option).addEventListener("change", (event) => {
      event.stopPropagation();
      const wanted = Number(field(option).value);
      move(option, wanted ? Math.min(wanted - 1, order.filter((each) => each !== option).length) : -1);
    }));
    settle();
  }

  /* --- Begin --------------------------------------------------------------------------------- */

  function start() {
    const form = one("[data-ballot]");
    if (form && !form.dataset.ready) {
      form.dataset.ready = "yes";
      ballot(form);
    }
    all("[data-copy]", main()).forEach((button) => {
      if (!button.hidden) return;
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
        document.getElementById(button.dataset.copyStatus).textContent = button.dataset.copied;
      });
    });
    codeFromAddress();
  }

  document.addEventListener("DOMContentLoaded", start);
  window.addEventListener("hashchange", codeFromAddress);
})();
