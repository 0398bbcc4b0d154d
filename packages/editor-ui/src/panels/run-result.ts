import {
  entryOf,
  type GraphDocument,
  type Link,
  type NodeCatalogue,
  resolveLink,
} from "@insightgraph/engine/graph";
import type { RunRecord } from "../connection/run-state.ts";
import { sourceOf } from "../document/maker-of.ts";
import { findPictures } from "../document/pictures.ts";

/** Where a run's result is, and whether it is the one that the graph is for. */
export interface RunResult {
  readonly link: Link;
  readonly isMain: boolean;
}

/**
 * The picture that stands for a run: the graph's result, else the last picture that the run made, as
 * where it ended before or where the last node was off. Undefined where it made none.
 */
export function runResult(run: RunRecord, catalogue: NodeCatalogue): RunResult | undefined {
  const named = mainResult(run.graph, catalogue);
  const main = named && handedOn(run, named);
  if (main !== undefined && isMade(run, main)) return { link: main, isMain: true };
  const made = madePictures(run).findLast(({ node }) => !isSource(run.graph, node));
  return made === undefined ? undefined : { link: made, isMain: false };
}

/** All pictures that a run made or opened, in the order in which its nodes began. */
export function madePictures(run: RunRecord): readonly Link[] {
  return Object.entries(run.nodes).flatMap(([node, state]) => {
    if (state.phase !== "done") return [];
    const pictures = Object.entries(state.previews).filter(([, { kind }]) => kind === "image");
    return pictures.map(([output]) => ({ node, output }));
  });
}

/** The node inside subgraphs, and behind bypassed nodes, that makes the graph's result. */
function mainResult(graph: GraphDocument, catalogue: NodeCatalogue): Link | undefined {
  const { result } = findPictures(graph, catalogue);
  const maker = result && resolveLink(graph, catalogue, result);
  return maker === undefined || isSource(graph, maker.node) ? undefined : sourceOf(graph, maker);
}

/** The content of what an output gave; undefined where a run did not tell it. */
export function digestAt(run: RunRecord, { node, output }: Link): string | undefined {
  const state = entryOf(run.nodes, node);
  return state?.phase === "done" ? entryOf(state.digests, output) : undefined;
}

/** A node that chooses among pictures makes none: what it gave is the input of the same content. */
function handedOn(run: RunRecord, link: Link): Link {
  const digest = digestAt(run, link);
  if (digest === undefined || isMade(run, link)) return link;
  const given = Object.values(entryOf(run.graph.nodes, link.node)?.inputs ?? {})
    .map((input) => sourceOf(run.graph, input))
    .find((input) => digestAt(run, input) === digest);
  return given === undefined ? link : handedOn(run, given);
}

function isMade(run: RunRecord, { node, output }: Link): boolean {
  const state = entryOf(run.nodes, node);
  return state?.phase === "done" && entryOf(state.previews, output)?.kind === "image";
}

/** Whether a node of the document itself takes nothing in, as one that opens a picture. */
function isSource(graph: GraphDocument, id: string): boolean {
  const node = entryOf(graph.nodes, id);
  return node !== undefined && Object.keys(node.inputs ?? {}).length === 0;
}
