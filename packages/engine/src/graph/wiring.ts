import type { NodeCatalogue } from "./catalogue.ts";
import { type GraphBody, type GraphNode, graphInputs, type Link } from "./document.ts";
import { isOff, resolveLink } from "./resolve-link.ts";

/** A link into a node, resolved to the node it starts from. */
export interface Wire {
  /** Of the input or the param that it enters. */
  readonly name: string;
  readonly link: Link;
  /** Undefined for the graph's own inputs, and for dangling links. */
  readonly from: WiredNode | undefined;
}

/** A node with its links resolved to nodes. */
export interface WiredNode {
  readonly id: string;
  readonly node: GraphNode;
  /** Its place in the document. */
  readonly at: number;
  readonly wires: readonly Wire[];
}

interface Wiring {
  readonly nodes: readonly WiredNode[];
  readonly byId: ReadonlyMap<string, WiredNode>;
}

interface Unwired extends WiredNode {
  readonly wires: Wire[];
}

function wire(nodes: GraphBody["nodes"]): Wiring {
  const list = Object.entries(nodes).map(
    ([id, node], at): Unwired => ({ id, node, at, wires: [] }),
  );
  const byId = new Map(list.map((one) => [one.id, one]));
  for (const { node, wires } of list) {
    for (const [name, link] of Object.entries(node.inputs ?? {})) {
      const from = link.node === graphInputs ? undefined : byId.get(link.node);
      wires.push({ name, link, from });
    }
  }
  return { nodes: list, byId };
}

const wired = new WeakMap<GraphBody["nodes"], Wiring>();

/**
 * Looking up and listing the keys of large objects is slow. Documents never change in place, so each
 * is indexed once.
 */
function wiringOf({ nodes }: Pick<GraphBody, "nodes">): Wiring {
  const known = wired.get(nodes);
  if (known !== undefined) return known;
  const wiring = wire(nodes);
  wired.set(nodes, wiring);
  return wiring;
}

/** A graph's nodes in the document's order. */
export function nodesOf(graph: Pick<GraphBody, "nodes">): readonly WiredNode[] {
  return wiringOf(graph).nodes;
}

/** A graph's node by id. */
export function nodeById(graph: Pick<GraphBody, "nodes">, id: string): WiredNode | undefined {
  return wiringOf(graph).byId.get(id);
}

/** The wire with bypassed nodes skipped; undefined where nothing flows. See `resolveLink`. */
export function liveWire(
  graph: GraphBody,
  catalogue: NodeCatalogue,
  given: Wire,
): Wire | undefined {
  if (given.from !== undefined && !isOff(given.from.node)) return given;
  const link = resolveLink(graph, catalogue, given.link);
  return link && { name: given.name, link, from: nodeById(graph, link.node) };
}
