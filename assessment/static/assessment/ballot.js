// Says how many were chosen. Without it the ballot paper works the same.
"use strict";
for (const form of document.querySelectorAll("[data-ballot]")) {
  const count = form.querySelector("[data-ballot-count]");
  const tell = () => {
    const n = form.querySelectorAll("input[name=choices]:checked").length;
    count.textContent = form.dataset.words.replace("{n}", n).replace("{most}", form.dataset.most);
  };
  form.addEventListener("change", tell);
  tell();
}
