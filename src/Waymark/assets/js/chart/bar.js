import { canvas, svg, text, widthOf } from "./svg.js";

const ROW = 26;

/** Bars that lie, longest label at the left, the number at the end of each. One series; the first that the table has. */
export function barChart(data, width) {
  const left = Math.min(width * 0.45, 16 + Math.max(...data.rows.map(r => widthOf(r.label))));
  const most = Math.max(...data.rows.map(r => r.values[0] ?? 0), 1);
  const room = Math.min(width - left - 70, 640);
  const drawing = canvas(width, data.rows.length * ROW + 8);
  data.rows.forEach((row, i) => {
    const top = i * ROW + 4;
    const length = Math.max(((row.values[0] ?? 0) / most) * room, 0);
    drawing.append(
      text(left - 10, top + 15, shorten(row.label, left), "end"),
      svg("rect", { x: left, y: top, width: length.toFixed(1), height: ROW - 7, class: "wm-chart__bar wm-chart__s1" }),
      text(left + length + 8, top + 15, row.shown[0] ?? "", "start", "wm-chart__value"));
  });
  drawing.append(svg("line", { x1: left, x2: left, y1: 0, y2: data.rows.length * ROW + 4, class: "wm-chart__axis" }));
  return [drawing];
}

function shorten(label, left) {
  const most = Math.floor((left - 14) / 6.4);
  return label.length > most ? `${label.slice(0, most - 1)}…` : label;
}
