import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { type RunRecord, type Runs, runsOfDocument } from "../connection/run-state.ts";
import { namedParams } from "../document/graph-names.ts";
import { describeChanges, quoted, seedOf, settingOf } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import type { EditorState } from "../state/editor-state.ts";

const described = new WeakMap<GraphDocument, WeakMap<GraphDocument, string>>();

/** What a run is called: how its graph differs from the opened one, or whose it is; and its seed. */
export function labelOf(run: RunRecord, state: EditorState): string {
  const seed = seedOf(run.graph, state.catalogue);
  const name = isForeign(run, state) ? foreignName(run, state) : variantOf(run, state);
  return seed === undefined ? name : `${name} · ${words.seed(seed)}`;
}

/** The runs of the document that the page shows. */
export function ownRuns({ runs, document }: EditorState): Runs {
  return runsOfDocument(runs, document?.id);
}

/** The runs that the page lists: its document's, those that no page asked for, and those picked elsewhere. */
export function listedRuns(state: EditorState): Runs {
  const { runs, picked } = state;
  return runs.filter((run) => !isForeign(run, state) || picked.includes(run.requestId));
}

function isForeign({ documentId }: RunRecord, { document }: EditorState): boolean {
  return documentId !== undefined && documentId !== document?.id;
}

function foreignName({ graph, documentId }: RunRecord, { documents }: EditorState): string {
  return documents.find(({ id }) => id === documentId)?.name ?? graph.name ?? words.otherGraph;
}

/** Runs are named each time the page is drawn, so each name is found once. */
function variantOf({ graph }: RunRecord, { opened, catalogue }: EditorState): string {
  const names = described.get(opened) ?? new WeakMap<GraphDocument, string>();
  described.set(opened, names);
  const name = names.get(graph) ?? nameOf(graph, opened, catalogue);
  names.set(graph, name);
  return name;
}

/** How a graph differs from the opened one; without a difference, the first text that it asks for, such as its instruction. */
function nameOf(graph: GraphDocument, opened: GraphDocument, catalogue: NodeCatalogue): string {
  const changes = describeChanges(graph, opened, catalogue);
  if (changes !== "") return changes;
  const text = namedParams(graph, catalogue).find(({ spec }) => spec.kind === "text");
  if (text === undefined) return words.variant.asOpened;
  return quoted(settingOf(text.node, text.name, text.spec));
}
