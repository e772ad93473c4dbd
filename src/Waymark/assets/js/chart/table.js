/** What a table says: caption, the names of its series, and rows of label, position and values. Cells that hold no number are gaps. */
export function readTable(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...table.tBodies].flatMap(b => [...b.rows]).map(row => {
    const [first, ...rest] = row.cells;
    const day = first.dataset.x ?? first.querySelector("time")?.dateTime;
    return {
      label: first.textContent.trim(),
      at: day ? Date.parse(day) : null,
      values: rest.map(c => number(c.dataset.value ?? c.textContent)),
      shown: rest.map(c => c.textContent.trim()),
      published: rest.map(c => c.dataset.published === "true"),
    };
  });
  const columns = heads.slice(1).map((_, i) => i).filter(i => heads[i + 1].classList.contains("num") && rows.some(r => r.values[i] !== null));
  const pick = list => columns.map(i => list[i] ?? null);
  return {
    caption: table.caption?.textContent.trim() ?? "",
    series: columns.map(i => heads[i + 1].textContent.trim()),
    rows: rows.map(r => ({ ...r, values: pick(r.values), shown: pick(r.shown), published: pick(r.published) })),
  };
}

function number(text) {
  const found = /^[^\d-]*(-?[\d,]*\.?\d+)/.exec(text.trim().replace("−", "-"));
  return found ? Number(found[1].replaceAll(",", "")) : null;
}
