import { entryOf } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import type { NodeState } from "../connection/run-state.ts";
import { nodeOf } from "../document/edits.ts";
import { findTable, type TextTable } from "../document/text-table.ts";
import { titleOf, toWords } from "../document/variant.ts";
import type { EditorState } from "../state/editor-state.ts";
import { ownRuns } from "./run-names.ts";

/** A table, and what it is called. */
export interface NamedTable {
  readonly title: string;
  readonly table: TextTable;
}

/** The tables that the document's latest run gave, or gives while it runs. */
export function shownTables(state: EditorState): NamedTable[] {
  const { catalogue } = state;
  const run = ownRuns(state).findLast(({ phase }) => phase === "finished" || phase === "running");
  return Object.entries(run?.nodes ?? {}).flatMap(([id, node]) => {
    const made = run === undefined ? undefined : nodeOf(run.graph, id);
    if (made === undefined) return [];
    const first = Object.keys(entryOf(catalogue, made.type)?.outputs ?? {})[0] ?? "";
    return Object.entries(previewsOf(node, first)).flatMap(([output, preview]) => {
      const table = preview.kind === "text" ? findTable(preview.text) : undefined;
      const title = `${titleOf(made, catalogue)} (${id}) · ${toWords(output)}`;
      return table === undefined ? [] : [{ title, table }];
    });
  });
}

/** What a node gave, or shows of its first output while it runs. */
function previewsOf(node: NodeState, first: string): Readonly<Record<string, Preview>> {
  if (node.phase === "done") return node.previews;
  if (node.phase !== "running" || node.preview === undefined) return {};
  return { [first]: node.preview };
}
