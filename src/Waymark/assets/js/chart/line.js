import { canvas, scale, svg, text, widthOf, words } from "./svg.js";

const MARGIN = { top: 14, right: 16, bottom: 28, left: 52 };
const DAY = 86_400_000;

/** Lines over time or over rows in order. Returns the drawing, its legend and a line that says what is under the pointer. */
export function lineChart(data, width) {
  const height = width < 500 ? 220 : 280;
  const inner = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const dated = data.rows.every(r => r.at !== null);
  const rows = dated ? [...data.rows].sort((a, b) => a.at - b.at) : data.rows;
  const place = dated ? r => r.at : (_, i) => i;
  const [first, last] = [place(rows[0], 0), place(rows.at(-1), rows.length - 1)];
  const x = rows.map((r, i) => (last === first ? inner.left : inner.left + ((place(r, i) - first) / (last - first)) * (inner.right - inner.left)));
  const ticks = scale(rows.flatMap(r => r.values.filter(v => v !== null)));
  const y = value => inner.bottom - (value / ticks.at(-1)) * (inner.bottom - inner.top);
  const drawing = canvas(width, height);

  for (const tick of ticks) {
    drawing.append(
      svg("line", { x1: inner.left, x2: inner.right, y1: y(tick), y2: y(tick), class: tick === 0 ? "wm-chart__axis" : "wm-chart__grid" }),
      text(inner.left - 8, y(tick) + 4, words(tick), "end"));
  }

  for (const mark of dated ? dateMarks(first, last, inner.right - inner.left) : rowMarks(rows, inner.right - inner.left)) {
    const at = dated ? inner.left + ((mark.at - first) / (last - first || 1)) * (inner.right - inner.left) : x[mark.index];
    drawing.append(
      svg("line", { x1: at, x2: at, y1: inner.bottom, y2: inner.bottom + 5, class: "wm-chart__axis" }),
      text(at, inner.bottom + 20, mark.label, at > inner.right - 30 ? "end" : at < inner.left + 30 ? "start" : "middle"));
  }

  data.series.forEach((_, s) => drawing.append(...series(rows, x, y, s)));
  const say = document.createElement("p");
  say.className = "wm-chart__say";
  say.setAttribute("aria-hidden", "true");
  follow(drawing, { rows, x, y, inner, width, data, say });
  const legend = legendOf(data, rows);
  return legend ? [legend, drawing, say] : [drawing, say];
}

function series(rows, x, y, s) {
  const css = `wm-chart__s${(s % 4) + 1}`;
  let path = "";
  let pen = false;
  rows.forEach((row, i) => {
    const value = row.values[s];
    if (value === null) {
      pen = false;
      return;
    }

    path += `${pen ? "L" : "M"}${x[i].toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
  });
  const dots = rows.flatMap((row, i) => {
    if (row.values[s] === null) {
      return [];
    }

    const at = { cx: x[i].toFixed(1), cy: y(row.values[s]).toFixed(1) };
    return row.published[s] ? [svg("circle", { ...at, r: 4.5, class: `${css} wm-chart__published` })]
      : rows.length <= 20 ? [svg("circle", { ...at, r: 3.5, class: `${css} wm-chart__dot` })] : [];
  });
  return [svg("path", { d: path, class: `wm-chart__line ${css}` }), ...dots];
}

/** The firsts of months or years, as many as there is room for. */
function dateMarks(first, last, room) {
  const months = (last - first) / (30.4 * DAY);
  const step = [1, 2, 3, 6, 12, 24, 60].find(s => (months / s) * 80 < room) ?? 120;
  const marks = [];
  const start = new Date(first);
  for (let month = start.getUTCFullYear() * 12 + start.getUTCMonth() + (start.getUTCDate() === 1 ? 0 : 1); ; month++) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > last) {
      break;
    }

    if (month % step === 0) {
      marks.push({ at, label: step >= 12 ? String(Math.floor(month / 12)) : inWords(at, { month: "short", year: "numeric" }) });
    }
  }

  return marks.length > 0 ? marks : [{ at: first, label: inWords(first, { day: "numeric", month: "short", year: "numeric" }) }];
}

const inWords = (at, parts) => new Date(at).toLocaleDateString("en-GB", { ...parts, timeZone: "UTC" });

function rowMarks(rows, room) {
  const widest = Math.max(...rows.map(r => widthOf(r.label))) + 24;
  const every = Math.ceil(rows.length / Math.max(1, Math.floor(room / widest)));
  return rows.map((row, index) => ({ index, label: row.label })).filter(m => m.index % every === 0);
}

function legendOf(data, rows) {
  const published = rows.some(r => r.published.includes(true));
  if (data.series.length < 2 && !published) {
    return null;
  }

  const list = document.createElement("ul");
  list.className = "wm-chart__legend";
  list.setAttribute("aria-hidden", "true");
  const entry = (picture, words) => {
    const item = document.createElement("li");
    item.append(svg("svg", { viewBox: "0 0 28 10", focusable: "false" }, picture), words);
    list.append(item);
  };
  data.series.forEach((name, s) => entry(svg("path", { d: "M0 5H28", class: `wm-chart__line wm-chart__s${(s % 4) + 1}` }), name));
  if (published) {
    entry(svg("circle", { cx: 14, cy: 5, r: 4, class: "wm-chart__s1 wm-chart__published" }), "published");
  }

  return list;
}

/** A thin line at the nearest row, and the row in words beneath. */
function follow(drawing, { rows, x, inner, width, data, say }) {
  const cursor = svg("line", { y1: inner.top, y2: inner.bottom, class: "wm-chart__cursor", visibility: "hidden" });
  drawing.append(cursor);
  drawing.addEventListener("pointermove", event => {
    const box = drawing.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * width;
    const nearest = x.reduce((best, value, i) => (Math.abs(value - at) < Math.abs(x[best] - at) ? i : best), 0);
    cursor.setAttribute("x1", x[nearest]);
    cursor.setAttribute("x2", x[nearest]);
    cursor.setAttribute("visibility", "visible");
    const values = data.series.map((name, s) => `${data.series.length > 1 ? `${name} ` : ""}${rows[nearest].shown[s] ?? "none"}`);
    say.textContent = `${rows[nearest].label}: ${values.join(", ")}`;
  });
  drawing.addEventListener("pointerleave", () => {
    cursor.setAttribute("visibility", "hidden");
    say.textContent = "";
  });
}
