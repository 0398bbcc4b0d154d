const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; text-align: center; }
figure { display: inline-block; margin: .5rem 1rem; }
img { display: block; width: min(20rem, 42vw); image-rendering: pixelated; }
.context img { width: min(10rem, 25vw); }
button { font: inherit; margin: .5rem; padding: .5rem 1rem; }
`;

const script = `
const { name, trials } = JSON.parse(document.getElementById("trials").textContent);
const key = "insightgraph-votes-" + name;
const votes = JSON.parse(localStorage.getItem(key) ?? "{}");
const judge = () => localStorage.getItem("insightgraph-judge") ?? "";
const main = document.querySelector("main");
const element = (tag, props = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
};
const open = () => trials.findIndex((_, at) => votes[at] === undefined);
let at = open();
function vote(choice) {
  if (at < 0) return;
  votes[at] = choice;
  localStorage.setItem(key, JSON.stringify(votes));
  at = open();
  draw();
}
function back() {
  const last = Math.max(...Object.keys(votes).map(Number));
  if (!Number.isFinite(last)) return;
  delete votes[last];
  localStorage.setItem(key, JSON.stringify(votes));
  at = last;
  draw();
}
function download() {
  const lines = trials.flatMap(({ item, left, right }, index) => votes[index] === undefined ? []
    : [JSON.stringify({ item, left: left.name, right: right.name, choice: votes[index], judge: judge() || "person" })]);
  const link = element("a", { href: URL.createObjectURL(new Blob([lines.join("\\n") + "\\n"])), download: "votes.jsonl" });
  link.click();
}
const picture = (source, caption) => element("figure", {}, element("img", { src: source, alt: caption }), element("figcaption", { textContent: caption }));
function draw() {
  const done = Object.keys(votes).length;
  main.replaceChildren(element("p", { textContent: done + " of " + trials.length + " votes" }));
  const trial = trials[at];
  if (trial !== undefined) {
    main.append(element("div", { className: "context" }, ...Object.entries(trial.context).map(([caption, source]) => picture(source, caption))));
    main.append(element("div", {}, picture(trial.left.picture, "1"), picture(trial.right.picture, "2")));
    for (const [text, choice] of [["1 is better", "left"], ["tie (0)", "tie"], ["2 is better", "right"]]) {
      main.append(element("button", { textContent: text, onclick: () => vote(choice) }));
    }
  } else main.append(element("p", { textContent: "Thank you: that was all." }));
  const who = element("input", { value: judge(), placeholder: "your name" });
  who.oninput = () => localStorage.setItem("insightgraph-judge", who.value);
  main.append(element("p", {}, element("button", { textContent: "back (Backspace)", onclick: back }), who, element("button", { textContent: "save votes", onclick: download })));
}
addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
  const choice = { 1: "left", 2: "right", 0: "tie", t: "tie" }[event.key];
  if (choice !== undefined) vote(choice);
  else if (event.key === "Backspace") back();
});
draw();
`;

/** Two results for one item; which variant is which, the page does not show. */
export interface Trial {
  readonly item: string;
  readonly left: { readonly name: string; readonly picture: string };
  readonly right: { readonly name: string; readonly picture: string };
  /** Pictures that show what was asked, by caption. */
  readonly context: Readonly<Record<string, string>>;
}

/** One page on which somebody votes blind; each vote is kept by the browser at once. @param name Tells pages apart. */
export function votePage(name: string, trials: readonly Trial[]): string {
  const data = JSON.stringify({ name, trials }).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Which is better?</title>
<style>${style}</style>
</head>
<body>
<h1>Which is better?</h1>
<p>Press 1 or 2, or 0 for a tie. Votes are kept in this browser.</p>
<main></main>
<script type="application/json" id="trials">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}
