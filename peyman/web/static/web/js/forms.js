/* What is too long is said before it is sent, so that nothing typed is lost on the way.
   Without this file the server says the same. */
(() => {
  "use strict";
  const MOST = 4000;
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  const complain = (form, field) => {
    const words = form.dataset.tooLong
      .replace("{n}", field.value.length)
      .replace("{most}", MOST);
    let box = document.querySelector(".error-summary");
    if (!box) {
      box = document.createElement("div");
      box.className = "error-summary";
      box.setAttribute("role", "alert");
      box.tabIndex = -1;
      form.before(box);
    }
    const title = document.createElement("h2");
    title.textContent = form.dataset.problem;
    const link = document.createElement("a");
    link.href = "#" + field.id;
    link.textContent = words;
    box.replaceChildren(title, link);
    box.focus();
  };

  for (const form of document.querySelectorAll("form[data-too-long]")) {
    form.addEventListener("submit", (event) => {
      for (const field of form.querySelectorAll("textarea, input[type=text]")) {
        if (field.value.length > MOST) {
          event.preventDefault();
          complain(form, field);
          return;
        }
      }
    });
  }
})();
