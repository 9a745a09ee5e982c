/* The slider of a map. Without it the form asks the server for ?at=, with the same answer. */
"use strict";
for (const form of document.querySelectorAll("form[data-draw-for]")) {
  const map = document.getElementById(form.dataset.drawFor);
  const choice = form.querySelector("select[name=at]");
  if (!map || !choice || !choice.options.length) continue;

  const parts = [...map.querySelectorAll("[data-from],[data-to]")];
  const range = document.createElement("input");
  const said = document.createElement("output");
  const labels = [...choice.options].map((option) => option.text);
  range.type = "range";
  range.min = 0;
  range.max = labels.length - 1;
  range.value = choice.selectedIndex;
  range.id = choice.id;
  range.className = "draw-range";
  choice.removeAttribute("id");

  /* Times are UTC in one form, so that they compare as text. */
  const show = (at) => {
    for (const part of parts) {
      const { from = "", to = "9", past = "", sure = "" } = part.dataset;
      const isShown = from <= at && at < to;
      if (isShown) part.removeAttribute("display");
      else part.setAttribute("display", "none");
      if (past) {
        part.classList.toggle("draw-past", at >= past);
        part.classList.toggle("draw-now", at < past);
      }
      part.classList.toggle("draw-maybe", at < sure);
    }
  };
  const move = () => {
    const index = Number(range.value);
    choice.selectedIndex = index;
    said.textContent = labels[index];
    range.setAttribute("aria-valuetext", labels[index]);
    show(choice.options[index].value);
  };
  range.addEventListener("input", move);
  range.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set("at", choice.value);
    history.replaceState(null, "", address);
  });
  choice.hidden = true;
  for (const button of form.querySelectorAll("button")) button.hidden = true;
  choice.after(range, said);
  said.textContent = labels[choice.selectedIndex];
  range.setAttribute("aria-valuetext", labels[choice.selectedIndex]);
}
