/** Looks of the report's page. */
export const reportStyle = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); --accent: #2563eb; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .7rem; text-align: left; vertical-align: top; }
th button, td button { all: unset; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
td button:hover, th button:hover { text-decoration: underline; }
td small { display: block; opacity: .7; white-space: nowrap; }
td.marked { font-weight: 600; }
.scroll { overflow-x: auto; }
figure { display: inline-block; margin: .3rem; }
figure img { display: block; height: 128px; image-rendering: pixelated; }
figcaption { font-size: .8rem; opacity: .75; }
section.item { border-top: 1px solid var(--line); padding: .6rem 0; }
svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
svg .axis { stroke: var(--line); }
svg .interval { stroke: var(--accent); stroke-width: 2; }
svg circle { fill: var(--accent); }
`;

/** What the report's page does, in the browser. It reads the JSON that the page holds, and draws without the library of the editor's plots: one small file opens anywhere. */
export const reportScript = `
const report = JSON.parse(document.getElementById("report").textContent);
const { variants, metrics, cells, rows, pictures } = report;
const main = document.querySelector("main");
const element = (name, props = {}, ...children) => {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
};
const show = (value) => value === null || value === undefined ? "–" : String(Number(value.toPrecision(4)));
const cellOf = (variant, metric) => cells.find((cell) => cell.variant === variant && cell.metric === metric);
const picturesOf = new Map(pictures.map((item) => [item.key, item.pictures]));
const details = element("div", { id: "details", tabIndex: -1 });
const lowerIsBetter = (metric) => metric.includes("↓");

function difference(row, variant, metric) {
  const [own, base] = [row.scores[variant][metric], row.scores[0][metric]];
  return own === null || base === null ? null : own - base;
}

function openPictures(variant, metric) {
  const compared = variant === 0 ? null : variants[0];
  const keyOf = (row) => compared === null ? row.scores[0][metric] : difference(row, variant, metric);
  const known = rows.filter((row) => keyOf(row) !== null);
  const size = (row) => compared === null ? keyOf(row) : Math.abs(keyOf(row));
  const sorted = known.toSorted((a, b) => size(b) - size(a)).filter((row) => picturesOf.has(row.key)).slice(0, 24);
  const failed = rows.filter((row) => row.failures[variant] !== null);
  const heading = compared === null
    ? variants[0] + ": " + metrics[metric]
    : variants[variant] + " against " + compared + ": " + metrics[metric] + ", largest differences first";
  details.replaceChildren(element("h2", { textContent: heading }));
  for (const row of failed) {
    details.append(element("p", { textContent: row.key + " failed: " + row.failures[variant] }));
  }
  for (const row of sorted) {
    const shown = picturesOf.get(row.key);
    const section = element("section", { className: "item" });
    section.append(element("h3", { textContent: row.key }));
    const drawn = new Set();
    for (const at of new Set([0, variant])) {
      for (const [name, source] of Object.entries(shown[at] ?? {})) {
        if (drawn.has(source)) continue;
        drawn.add(source);
        const score = show(row.scores[at][metric]);
        const isShared = Object.values(shown).every((other) => (other[name] ?? source) === source);
        const text = isShared && variants.length > 1 ? name : variants[at] + ", " + name + ": " + score;
        const picture = element("img", { src: source, alt: row.key + ", " + text });
        section.append(element("figure", {}, picture, element("figcaption", { textContent: text })));
      }
    }
    details.append(section);
  }
  if (sorted.length === 0) details.append(element("p", { textContent: "No pictures are kept for this." }));
  details.focus();
  details.scrollIntoView({ behavior: "smooth" });
}

function drawTable(order) {
  const table = element("table");
  const heads = ["variant", ...metrics].map((name, at) => {
    const button = element("button", { textContent: name, title: "Sort by this column" });
    button.onclick = () => {
      const best = (variant) => cellOf(variants[variant], metrics[at - 1]).summary.mean ?? -Infinity;
      const sorted = at === 0 ? variants.map((_, index) => index)
        : order.toSorted((a, b) => (lowerIsBetter(name) ? 1 : -1) * (best(a) - best(b)));
      table.replaceWith(drawTable(sorted));
    };
    return element("th", { scope: "col" }, button);
  });
  table.append(element("thead", {}, element("tr", {}, ...heads)));
  const body = element("tbody");
  for (const variant of order) {
    const line = element("tr", {}, element("th", { scope: "row", textContent: variants[variant] }));
    metrics.forEach((metric, at) => {
      const { summary, difference } = cellOf(variants[variant], metric);
      const button = element("button", { textContent: show(summary.mean), title: "Show the pictures behind this number" });
      button.onclick = () => openPictures(variant, at);
      const notes = ["[" + show(summary.low) + ", " + show(summary.high) + "] n = " + summary.count];
      if (difference) {
        const sign = difference.mean > 0 ? "+" : "";
        notes.push(sign + show(difference.mean) + ", p = " + show(difference.correctedPValue));
        if (difference.dropped > 0) notes.push(difference.dropped + " pairs dropped");
      }
      const isMarked = difference && difference.correctedPValue !== null && difference.correctedPValue < 0.05;
      const cell = element("td", { className: isMarked ? "marked" : "" }, button);
      cell.append(...notes.map((note) => element("small", { textContent: note })));
      line.append(cell);
    });
    body.append(line);
  }
  table.append(body);
  return table;
}

function svg(name, attributes = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function drawIntervals(metric) {
  const known = variants.map((variant) => ({ variant, ...cellOf(variant, metric).summary })).filter((one) => one.mean !== null);
  const [low, high] = [Math.min(...known.map((one) => one.low)), Math.max(...known.map((one) => one.high))];
  const [left, width, step] = [200, 480, 24];
  const at = (value) => left + (high > low ? (value - low) / (high - low) : 0.5) * width;
  const height = known.length * step + 30;
  const drawing = svg("svg", { width: left + width + 60, height, role: "img", "aria-label": metric + " with 95 % intervals" });
  known.forEach((one, row) => {
    const y = row * step + 16;
    drawing.append(
      svg("text", { x: 0, y: y + 4 }, one.variant),
      svg("line", { class: "interval", x1: at(one.low), x2: at(one.high), y1: y, y2: y }),
      svg("circle", { cx: at(one.mean), cy: y, r: 4 }),
    );
  });
  const base = known.length * step + 8;
  drawing.append(
    svg("line", { class: "axis", x1: left, x2: left + width, y1: base, y2: base }),
    svg("text", { x: left, y: base + 16 }, show(low)),
    svg("text", { x: left + width, y: base + 16, "text-anchor": "end" }, show(high)),
  );
  return element("div", {}, element("h3", { textContent: metric }), drawing);
}

const note = rows.length + " items. Mean, 95 % bootstrap interval, and difference to \\u201c" + variants[0] + "\\u201d on the same items: McNemar's exact test for successes, "
  + "Wilcoxon's signed-rank test for other scores, p-values after Holm's correction for all differences of the table. Bold: p < 0.05. A number opens the pictures behind it.";
main.append(
  element("p", { textContent: note }),
  element("div", { className: "scroll" }, drawTable(variants.map((_, index) => index))),
  details,
  element("h2", { textContent: "Intervals" }),
  element("div", { className: "scroll" }, ...metrics.map(drawIntervals)),
  element("h2", { textContent: "How it was made" }),
);
const manifest = element("details", {}, element("summary", { textContent: "Manifest" }));
manifest.append(element("pre", { textContent: JSON.stringify(report.manifest, null, 2) }));
main.append(manifest);
`;
