import {
  entryOf,
  type GraphDocument,
  type Subgraph,
  subgraphName,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { clipNodes } from "./clipboard.ts";
import type { GraphEdit } from "./edits.ts";
import { forgetSubgraph } from "./forget-subgraph.ts";

/** Whether a graph file of the workspace is a reusable node: such files lie in folders of this name. */
export function isNodeFile(file: string): boolean {
  return /(^|\/)nodes\//.test(file);
}

/**
 * A subgraph of a document as a graph of its own, as it is written into a file.
 * @param target the file, from the folder of the document
 */
export function toNodeFile(
  document: GraphDocument,
  name: string,
  target: string,
): GraphDocument | undefined {
  const body = entryOf(document.graphs, name);
  if (body === undefined) return undefined;
  const inside = { ...document, nodes: body.nodes };
  const { graphs } = clipNodes(inside, Object.keys(body.nodes));
  const { file: _file, within: _within, doc: _doc, ...own } = body;
  const used = Object.entries(graphs ?? {}).map(([inner, graph]) => [
    inner,
    fromFile(target, graph),
  ]);
  return {
    format: "insightgraph",
    version: 1,
    ...own,
    ...(used.length === 0 ? {} : { graphs: Object.fromEntries(used) }),
  };
}

/** A subgraph that is read from a file names it from the folder of the file that uses it. */
function fromFile(target: string, { file, ...graph }: Subgraph): Subgraph {
  if (file === undefined) return graph;
  const [from, to] = [target.split("/").slice(0, -1), file.split("/")];
  const parting = from.findIndex((folder, at) => folder !== to[at]);
  const common = parting < 0 ? from.length : parting;
  const up = from.slice(common).map(() => "..");
  return { ...graph, file: [...up, ...to.slice(common)].join("/") };
}

/** The subgraphs of a document that stand in files of their own, by name. */
export function fileReferences({ graphs = {} }: GraphDocument): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(graphs).flatMap(([name, { file, within }]) =>
      file === undefined || within !== undefined ? [] : [[name, file] as const],
    ),
  );
}

/**
 * Takes what was read of a file as the subgraph of that name, with those that came with it.
 * @param read a graph whose subgraphs these are
 */
export function takeReference(name: string, read: GraphDocument): GraphEdit {
  return (draft) => {
    const before = entryOf(draft.graphs, name);
    const graphs: Record<string, Draft<Subgraph>> = {};
    for (const [known, graph] of Object.entries(draft.graphs ?? {})) {
      if (graph.within !== name) graphs[known] = graph;
    }
    draft.graphs = { ...graphs, ...(read.graphs as Draft<Record<string, Subgraph>>) };
    for (const { type } of Object.values(before?.nodes ?? {})) {
      const inner = subgraphName(type);
      if (inner !== undefined) forgetSubgraph(draft, inner);
    }
  };
}

/** Whether a document holds what was read of a file. */
export function holdsReference(
  document: GraphDocument,
  name: string,
  read: GraphDocument,
): boolean {
  const own = Object.entries(document.graphs ?? {}).filter(
    ([known, { within }]) => known === name || within === name,
  );
  const sorted = (entries: readonly (readonly [string, Subgraph])[]) =>
    JSON.stringify([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
  return sorted(own) === sorted(Object.entries(read.graphs ?? {}));
}
