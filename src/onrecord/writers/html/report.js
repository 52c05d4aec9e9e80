"use strict";
// Shows only the statements of one speaker, act or outlet. Without it everything is shown.
(() => {
  const form = document.getElementById("filter");
  const output = form.querySelector("output");
  const statements = [...document.querySelectorAll(".statement")];
  const speakers = [...document.querySelectorAll(".speaker")];
  const signs = [...document.querySelectorAll(".lanes svg a")];
  const show = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    let count = 0;
    for (const statement of statements) {
      statement.hidden = wanted.some(([key, value]) => statement.dataset[key] !== value);
      count += !statement.hidden;
    }
    for (const speaker of speakers) speaker.hidden = !speaker.querySelector(".statement:not([hidden])");
    for (const sign of signs) {
      const statement = document.getElementById(sign.getAttribute("href").slice(1));
      sign.classList.toggle("off", statement.hidden);
    }
    output.textContent = output.dataset.words.replace("{count}", count);
  };
  // A link to a statement that is filtered out shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      form.reset();
      show();
      target.scrollIntoView();
    }
  });
  form.addEventListener("change", show);
  form.hidden = statements.length < 2;
  show();
})();
