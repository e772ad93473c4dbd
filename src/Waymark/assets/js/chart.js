// <figure class="wm-chart" data-chart="line|bar"> with a table: draws the table above it as SVG. The table stays and is what a screen reader reads; a long
// one folds. First column: labels; dates in data-x or <time>. Other columns of numbers (class "num"): one series each. data-published="true" on a cell marks a
// point that was published. Without data-chart, dates make a line and anything else bars.
import { barChart } from "./chart/bar.js";
import { lineChart } from "./chart/line.js";
import { readTable } from "./chart/table.js";

const LONG = 8;

export function start() {
  for (const figure of document.querySelectorAll("figure.wm-chart")) {
    const table = figure.querySelector("table");
    const data = table && readTable(table);
    if (!data || data.rows.length === 0 || data.series.length === 0) {
      continue;
    }

    const kind = figure.dataset.chart ?? (data.rows.every(r => r.at !== null) ? "line" : "bar");
    const caption = document.createElement("p");
    caption.className = "wm-chart__caption";
    caption.setAttribute("aria-hidden", "true");
    caption.textContent = kind === "bar" && data.series.length > 1 ? `${data.caption}: ${data.series[0].toLowerCase()}` : data.caption;
    const place = document.createElement("div");
    place.setAttribute("aria-hidden", "true");
    figure.prepend(caption, place);
    table.caption?.classList.add("govuk-visually-hidden");
    if (data.rows.length > LONG && !table.closest("details")) {
      fold(table.closest(".wm-table-scroll") ?? table, data.rows.length);
    }

    drawToWidth(place, width => (kind === "bar" ? barChart(data, width) : lineChart(data, width)));
  }
}

/** Drawn for the width there is, and again when it changes, so that words in the picture keep their size. */
function drawToWidth(place, draw) {
  let drawn = 0;
  const fit = () => {
    const width = Math.round(place.clientWidth);
    if (width > 0 && Math.abs(width - drawn) > 1) {
      drawn = width;
      place.replaceChildren(...draw(width));
    }
  };
  fit();
  new ResizeObserver(fit).observe(place);
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
