"use strict";
// Searching and sorting in tables. Without this script every table stands whole, in its own order.
for (const table of document.querySelectorAll("table[data-search]")) {
  const rows = Array.from(table.tBodies[0].rows);
  const label = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("span");
  label.className = "search";
  input.type = "search";
  count.className = "quiet";
  count.setAttribute("role", "status");
  label.append(table.dataset.search + " ", input, count);
  table.closest(".wide").before(label);
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = fold(row.textContent);
      const fits = words.every((word) => text.includes(word));
      row.classList.toggle("hidden", !fits);
      shown += fits ? 1 : 0;
    }
    count.textContent = words.length ? shown + " / " + rows.length : "";
  });
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const value = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent.trim() ?? "";
      const compare = (one, other) => {
        const [a, b] = [value(one), value(other)];
        const [x, y] = [Number(a), Number(b)];
        const order = a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y) ? x - y : a.localeCompare(b, "ja");
        return falling ? -order : order;
      };
      table.tBodies[0].append(...Array.from(table.tBodies[0].rows).sort(compare));
    });
  });
}
