// <figure class="wm-chart" data-chart="line|bar"> with a table: draws the table above it as SVG. The table stays and is what a screen reader reads; a long
// one folds. First column: labels, or dates in data-x. Other columns: one series each. data-published on a cell marks a point that was published.
import { barChart } from "./chart/bar.js";
import { lineChart } from "./chart/line.js";
import { readTable } from "./chart/table.js";

const LONG = 8;

export function start() {
  for (const figure of document.querySelectorAll("figure.wm-chart")) {
    const table = figure.querySelector("table");
    const data = table && readTable(table);
    if (!data || data.rows.length === 0) {
      continue;
    }

    const drawing = figure.dataset.chart === "bar" ? barChart(data) : lineChart(data);
    const caption = document.createElement("p");
    caption.className = "wm-chart__caption";
    caption.setAttribute("aria-hidden", "true");
    caption.textContent = data.caption;
    const scroll = table.closest(".wm-table-scroll") ?? table;
    figure.prepend(caption, ...drawing);
    table.caption?.classList.add("govuk-visually-hidden");
    if (data.rows.length > LONG) {
      fold(scroll, data.rows.length);
    }
  }
}

function fold(table, rows) {
  const details = document.createElement("details");
  details.className = "govuk-details";
  const summary = document.createElement("summary");
  summary.className = "govuk-details__summary";
  const text = document.createElement("span");
  text.className = "govuk-details__summary-text";
  text.textContent = `The numbers in a table (${rows} rows)`;
  summary.append(text);
  table.replaceWith(details);
  details.append(summary, table);
}
