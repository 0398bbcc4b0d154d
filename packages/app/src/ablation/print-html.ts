import type { AblationReport } from "./ablation-report.ts";
import { packReport } from "./packed-report.ts";
import { reportScript, reportStyle } from "./report-page.ts";
import type { ShownItem } from "./report-pictures.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** JSON that may stand inside a script element. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/**
 * The report as one page that opens anywhere: a sortable table whose numbers open the pictures behind them, intervals as
 * a drawing, failures, and the manifest.
 */
export function reportToHtml(report: AblationReport, pictures: readonly ShownItem[]): string {
  const { title, variants, metrics, cells, items, manifest } = report;
  const rows = items.map(({ key, outcomes }) => ({
    key,
    scores: outcomes.map(({ result }) => metrics.map((metric) => result?.scores[metric] ?? null)),
    failures: outcomes.map(({ failure }) => failure ?? null),
  }));
  const data = embedded({ title, variants, metrics, cells, rows, pictures, manifest });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<noscript>This page needs JavaScript; table.md holds the same table.</noscript>
<main></main>
<script type="application/json" id="report">${data}</script>
<script>${reportScript}</script>
<!--
${packReport(report, "")}-->
</body>
</html>
`;
}
