"use strict";
(() => {
  const box = document.querySelector("input");
  const rows = [...document.querySelectorAll("tbody tr:not(.parent)")];
  const footer = document.querySelector("footer");
  if (!box || rows.length < 2) {
    return;
  }
  const names = rows.map((row) => row.querySelector("a").textContent.toLowerCase());
  const summary = footer.textContent;
  box.hidden = false;
  const filter = () => {
    const wanted = box.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !names[i].includes(wanted);
      row.style.display = row.hidden ? "none" : "";
      shown += row.hidden ? 0 : 1;
    });
    footer.textContent = wanted ? `${shown} of ${rows.length} shown` : summary;
  };
  box.addEventListener("input", filter);
  box.addEventListener("keydown", (event) => {
    const left = rows.filter((row) => !row.hidden);
    if (event.key === "Enter" && left.length === 1) {
      left[0].querySelector("a").click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) {
      event.preventDefault();
      box.focus();
    }
  });
  filter();
})();
