import type { GraphBody } from "./document.ts";
import { nodesOf, type Wire, type WiredNode } from "./wiring.ts";

/** A graph's nodes in topological order, and its cycles. */
export interface SortedGraph {
  /** Every node after the nodes it takes values from; nodes in or after a cycle are missing. */
  readonly order: readonly WiredNode[];
  /** Each cycle once, as the ids along it; of very many, the first ones. */
  readonly cycles: readonly (readonly string[])[];
}

const takenOut = -1;

/** Most cycles that are searched for: each search may walk the whole graph. */
const maxCycles = 100;

interface Unsorted {
  /** By a node's place: how many of its wires begin at unsorted nodes, or `takenOut`. */
  readonly waiting: Int32Array;
  /** By a node's place: who takes from it, once for each wire. */
  readonly targets: readonly (readonly WiredNode[] | undefined)[];
}

function unsorted(nodes: readonly WiredNode[]): Unsorted {
  const waiting = new Int32Array(nodes.length);
  const targets: WiredNode[][] = new Array(nodes.length);
  for (const node of nodes) {
    for (const { from } of node.wires) {
      if (from === undefined) continue;
      waiting[node.at] = (waiting[node.at] ?? 0) + 1;
      const list = targets[from.at];
      if (list === undefined) targets[from.at] = [node];
      else list.push(node);
    }
  }
  return { waiting, targets };
}

/** Takes `ready` out, then every node that this leaves without sources; returns them in order. */
function takeOut({ waiting, targets }: Unsorted, ready: readonly WiredNode[]): WiredNode[] {
  const order = [...ready];
  for (const { at } of ready) waiting[at] = takenOut;
  for (const { at } of order) {
    for (const target of targets[at] ?? []) {
      const left = (waiting[target.at] ?? 0) - 1;
      if (left < 0) continue;
      waiting[target.at] = left;
      if (left > 0) continue;
      waiting[target.at] = takenOut;
      order.push(target);
    }
  }
  return order;
}

/** Walks from a node to its sources until it comes round; each unsorted node has such a source. */
function cycleBefore({ waiting }: Unsorted, start: WiredNode): WiredNode[] {
  const steps = new Map<WiredNode, number>();
  let node: WiredNode | undefined = start;
  while (node !== undefined && !steps.has(node)) {
    steps.set(node, steps.size);
    const wire: Wire | undefined = node.wires.find(
      ({ from }) => from && waiting[from.at] !== takenOut,
    );
    node = wire?.from;
  }
  const begin = node === undefined ? 0 : (steps.get(node) ?? 0);
  const [first = start, ...others] = [...steps.keys()].slice(begin);
  return [first, ...others.reverse()];
}

/** Sorts nodes topologically; independent nodes keep the document's order. */
export function sortGraph(graph: Pick<GraphBody, "nodes">): SortedGraph {
  const nodes = nodesOf(graph);
  const rest = unsorted(nodes);
  const free = nodes.filter(({ at }) => rest.waiting[at] === 0);
  const order = takeOut(rest, free);
  const cycles: string[][] = [];
  for (const node of order.length === nodes.length ? [] : nodes) {
    while (rest.waiting[node.at] !== takenOut && cycles.length < maxCycles) {
      const cycle = cycleBefore(rest, node);
      cycles.push(cycle.map(({ id }) => id));
      takeOut(rest, cycle);
    }
  }
  return { order, cycles };
}
