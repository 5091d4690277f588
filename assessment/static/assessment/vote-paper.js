/* Typing one form after another, and printing letters. Without it both work by hand. */
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// A page with codes that comes back from memory is empty; so is a form that was typed.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
