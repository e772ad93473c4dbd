const NS = "http://www.w3.org/2000/svg";

/** An SVG element; attributes are set one by one, so that no inline style is ever written. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }

  element.append(...children);
  return element;
}

export function canvas(width, height) {
  return svg("svg", { class: "wm-chart__svg", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" });
}

export const text = (x, y, content, anchor = "start", css = "wm-chart__text") => svg("text", { x, y, "text-anchor": anchor, class: css }, content);

/** About five round numbers from 0 to at least the highest; whole ones where the values are. */
export function scale(values) {
  const highest = Math.max(...values);
  const whole = values.every(Number.isInteger);
  const rough = Math.max(highest, whole ? 4 : 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(m => m * power).find(s => s >= rough && (!whole || Number.isInteger(s))) ?? Math.ceil(rough);
  const ticks = [];
  for (let tick = 0; tick < Math.max(highest, step) + step * 0.999; tick += step) {
    ticks.push(tick);
  }

  return ticks;
}

export const words = number => number.toLocaleString("en-GB", { maximumFractionDigits: 2 });

/** About how wide a text of the chart's size is drawn, in pixels. */
export const widthOf = content => content.length * 6.4;
