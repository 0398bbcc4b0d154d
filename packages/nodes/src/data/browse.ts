import { openDataset, recordOf } from "@insightgraph/editing/datasets";
import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

/** Kinds of edits and their numbers as a Markdown table, the most frequent first. */
function tableOf(counts: ReadonlyMap<string, number>): string {
  const rows = [...counts].sort((a, b) => b[1] - a[1]);
  return ["| edit | records |", "|---|---:|", ...rows.map((row) => `| ${row.join(" | ")} |`)].join(
    "\n",
  );
}

export const dataBrowse = defineNode({
  type: "data.browse",
  version: 1,
  title: "Browse data set",
  doc: "Names a data set to look through in the page and to decide about by hand, and counts its records without those that were rejected.",
  inputs: {},
  params: {
    dataset: param.file({
      default: "",
      purpose: "open",
      holds: "data set",
      doc: "Folder or file of a data set.",
    }),
  },
  outputs: {
    records: number("How many records there are, without those that were rejected by hand."),
    summary: text("Records by kind of edit, as a Markdown table."),
  },
  cacheable: false,
  async run(_inputs, { dataset }, { signal }) {
    const counts = new Map<string, number>();
    let records = 0;
    for await (const item of (await openDataset(dataset)).items()) {
      signal.throwIfAborted();
      const loaded = await item.load({ isWithoutPictures: true }).catch(() => undefined);
      if (loaded === undefined) continue;
      const { edit_type: kind } = recordOf(item, loaded).fields;
      const name = typeof kind === "string" && kind !== "" ? kind : "unknown";
      counts.set(name, (counts.get(name) ?? 0) + 1);
      records += 1;
    }
    return { records, summary: tableOf(counts) };
  },
});
