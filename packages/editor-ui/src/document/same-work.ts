import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  subgraphName,
} from "@insightgraph/engine/graph";
import { nodeOf } from "./edits.ts";

/** Whether a node would do in one graph what it did in the other: it and all before it are the same. */
export type SameWork = (id: string) => boolean;

const known = new WeakMap<GraphDocument, WeakMap<GraphDocument, SameWork>>();

/** Compares what the nodes of two graphs do, whatever they are called for people and wherever they lie. */
export function compareWork(one: GraphDocument, other: GraphDocument): SameWork {
  const others = known.get(one) ?? new WeakMap<GraphDocument, SameWork>();
  known.set(one, others);
  const same = others.get(other) ?? createComparison(one, other);
  others.set(other, same);
  return same;
}

function createComparison(one: GraphDocument, other: GraphDocument): SameWork {
  const verdicts = new Map<string, boolean>();
  /** Sources come first; a node that is come to again while it waits is in a cycle and does no work. */
  const judge = (start: string): boolean => {
    const waiting = [start];
    while (waiting.length > 0) {
      const id = waiting.at(-1) ?? start;
      if (verdicts.has(id)) {
        waiting.pop();
        continue;
      }
      const sources = sourcesOf(one, id);
      const unknown = sources.filter(
        (source) => !verdicts.has(source) && !waiting.includes(source),
      );
      if (unknown.length > 0) {
        waiting.push(...unknown);
        continue;
      }
      verdicts.set(
        id,
        isSameNode(one, other, id) && sources.every((source) => verdicts.get(source) === true),
      );
      waiting.pop();
    }
    return verdicts.get(start) === true;
  };
  return judge;
}

function sourcesOf(graph: GraphDocument, id: string): string[] {
  const links = Object.values(nodeOf(graph, id)?.inputs ?? {});
  return [...new Set(links.map(({ node }) => node))].filter(
    (node) => nodeOf(graph, node) !== undefined,
  );
}

function isSameNode(one: GraphDocument, other: GraphDocument, id: string): boolean {
  const [a, b] = [nodeOf(one, id), nodeOf(other, id)];
  if (a === undefined || b === undefined) return false;
  if (a !== b && textOf(a) !== textOf(b)) return false;
  const name = subgraphName(a.type);
  if (name === undefined) return true;
  const [own, its] = [entryOf(one.graphs, name), entryOf(other.graphs, name)];
  return own === its || JSON.stringify(own) === JSON.stringify(its);
}

/** What of a node decides its results, in one order. */
function textOf({ type, version, params, inputs, bypassed, muted }: GraphNode): string {
  return JSON.stringify([
    type,
    version,
    sorted(params),
    sorted(inputs),
    bypassed === true,
    muted === true,
  ]);
}

function sorted(table: Readonly<Record<string, unknown>> = {}): [string, unknown][] {
  return Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
}
