import path from "node:path";
import { openDataset } from "@insightgraph/editing/datasets";
import { writeWhole } from "@insightgraph/editing/files";
import type { BatchStore } from "@insightgraph/engine/batches";
import { firstRecords } from "./first-records.ts";
import { originsFile } from "./provenance.ts";
import { type DatasetSummary, summarize } from "./summarize.ts";
import { summaryPage } from "./summary-page.ts";

/** Most kinds of provenance that the report names: one for each graph and machine that made records. */
const maxOrigins = 1000;
const pageSize = 500;

/** How the records were made, by the digest that their `provenance` names. */
async function originsOf(store: BatchStore): Promise<Record<string, unknown>> {
  const origins: Record<string, unknown> = {};
  for (let after = 0; ; ) {
    const page = await store.list({ states: ["done"], after, limit: pageSize });
    for (const { provenance } of page) {
      if (provenance === undefined || provenance in origins) continue;
      if (Object.keys(origins).length >= maxOrigins) return origins;
      origins[provenance] = JSON.parse((await store.provenance(provenance)) ?? "null");
    }
    const last = page.at(-1);
    if (last === undefined) return origins;
    after = last.place;
  }
}

/** Writes `summary.json`, `summary.html` and `provenance.json` beside a data set. */
export async function writeSummary(
  sink: string,
  store: BatchStore,
  isComplete: boolean,
): Promise<DatasetSummary> {
  const summary = await summarize(store, isComplete);
  const examples = summary.records === 0 ? [] : await firstRecords(await openDataset(sink), 8);
  const files = {
    "summary.json": `${JSON.stringify(summary, null, 2)}\n`,
    "summary.html": await summaryPage(summary, examples),
    [originsFile]: `${JSON.stringify(await originsOf(store), null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeWhole(path.join(sink, name), text);
  return summary;
}
