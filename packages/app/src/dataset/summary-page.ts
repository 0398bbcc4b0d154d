import { type DatasetRecord, isPictureFile } from "@insightgraph/editing/datasets";
import { thumbnailOf } from "@insightgraph/editing/pictures";
import type { DatasetSummary, ReasonCount } from "./summarize.ts";

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&<>]/g, (sign) => names[sign] ?? sign).replaceAll('"', "&quot;");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = (row: readonly (string | number)[], tag: string): string =>
    row.map((cell) => `<${tag}>${escapeHtml(String(cell))}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("\n");
  return `<table><tr>${cells(head, "th")}</tr>\n${body}</table>`;
}

function reasons(title: string, counts: readonly ReasonCount[]): string {
  if (counts.length === 0) return "";
  const rows = counts.map(({ reason, count, example }) => [count, reason, example]);
  return `<h2>${title}</h2>${table(["items", "reason", "for instance"], rows)}`;
}

async function example({ key, fields }: DatasetRecord): Promise<string> {
  const [pictures, texts]: [string[], string[]] = [[], []];
  for (const [name, value] of Object.entries(fields)) {
    if (name === "provenance" || value === null) continue;
    if (!isPictureFile(value))
      texts.push(`<b>${escapeHtml(name)}</b> ${escapeHtml(String(value))}`);
    else {
      const data = Buffer.from(await thumbnailOf(value.bytes, 200)).toString("base64");
      const picture = `<img alt="${escapeHtml(name)}" src="data:image/jpeg;base64,${data}">`;
      pictures.push(`<figure>${picture}<figcaption>${escapeHtml(name)}</figcaption></figure>`);
    }
  }
  return `<section><h3>${escapeHtml(key)}</h3>${pictures.join("")}<p>${texts.join("<br>")}</p></section>`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0}th,td{text-align:left;padding:.2rem .8rem;border-bottom:1px solid #ccc}
figure{display:inline-block;margin:0 .5rem .5rem 0}figcaption{color:#666;font-size:13px}`;

/** A page about a run that opens anywhere, with some of its records. */
export async function summaryPage(
  summary: DatasetSummary,
  examples: readonly DatasetRecord[],
): Promise<string> {
  const { items, records, nodes, rejected, failed, isComplete } = summary;
  const shown: string[] = [];
  for (const record of examples) shown.push(await example(record));
  const counts = [
    ["items done", items.done],
    ["items failed", items.failed],
    ["items broken off", items.waiting + items.running],
    ["records", records],
    ["records rejected", rejected.reduce((sum, { count }) => sum + count, 0)],
  ] as const;
  const stages = nodes.map(({ node, ran, cached, ms }) => {
    return [node, ran, cached, ran === 0 ? "" : `${(ms / ran).toFixed(0)} ms`];
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Data set</title><style>${style}</style>
<h1>Data set</h1>
<p>${isComplete ? "Complete." : "Not complete: the run was interrupted. Resume it with --resume."}</p>
${table(["", ""], counts)}
<h2>Stages</h2>
${table(["node", "ran", "from the cache", "time each"], stages)}
${reasons("Rejected", rejected)}
${reasons("Failed", failed)}
${shown.length === 0 ? "" : `<h2>Examples</h2>${shown.join("\n")}`}
</html>
`;
}
