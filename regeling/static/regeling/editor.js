/* Small helps of the editor, on top of pages that work without them.
   data-check   a text that is looked at by this address while one types; the answer is JSON with
                problems (line, sentence) and a message
   An address that names an item opens it. */
"use strict";

(() => {
  const PAUSE = 600;

  function watch(area) {
    const told = document.getElementById(area.dataset.told);
    const outcome = told.querySelector("p");
    const list = told.querySelector("ol");
    const numbers = area.parentElement.querySelector("pre");
    const token = area.form.elements.csrfmiddlewaretoken.value;
    let timer = 0;
    let asked = 0;

    const number = () => {
      const count = area.value.split("\n").length;
      if (numbers.dataset.lines !== String(count)) {
        numbers.textContent = Array.from({ length: count }, (_, n) => n + 1).join("\n");
        numbers.dataset.lines = String(count);
      }
      numbers.scrollTop = area.scrollTop;
    };
    const go = (line) => {
      const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      const end = area.value.indexOf("\n", start);
      area.focus();
      area.setSelectionRange(start, end < 0 ? area.value.length : end);
      const height = area.scrollHeight / area.value.split("\n").length;
      area.scrollTop = Math.max(0, height * (line - 8));
      number();
    };
    const link = (problem) => {
      const item = document.createElement("li");
      const anchor = document.createElement("a");
      anchor.className = "utrecht-link utrecht-link--html-a";
      anchor.href = "#tekst";
      anchor.dataset.line = problem.line;
      anchor.textContent = `${area.dataset.lineWord} ${problem.line}`;
      item.append(anchor, `: ${problem.sentence}`);
      return item;
    };
    const check = async () => {
      const mine = ++asked;
      const body = new URLSearchParams({ source: area.value });
      const headers = { "X-CSRFToken": token, "X-Requested-With": "fetch" };
      const answer = await fetch(area.dataset.check, { method: "POST", body, headers }).catch(() => null);
      if (mine !== asked || !answer || !answer.ok) return;
      const found = await answer.json();
      outcome.textContent = found.message;
      list.replaceChildren(...found.problems.slice(0, 50).map(link));
    };

    area.addEventListener("input", () => {
      number();
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    });
    area.addEventListener("scroll", number);
    told.addEventListener("click", (event) => {
      const line = event.target.dataset.line;
      if (!line) return;
      event.preventDefault();
      go(Number(line));
    });
    number();
    if (area.dataset.at) go(Number(area.dataset.at));
  }

  function open() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let here = target; here; here = here.parentElement) if (here.tagName === "DETAILS") here.open = true;
    target.scrollIntoView({ block: "start" });
  }

  document.querySelectorAll("[data-check]").forEach(watch);
  window.addEventListener("hashchange", open);
  open();
})();
