import {
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  type PortSpec,
  validateGraph,
} from "@insightgraph/engine/graph";
import { produce } from "immer";
import { connect, disconnect, type InputEnd } from "./edits.ts";
import { inputNames, inputPort } from "./input-names.ts";

/** One port of one node. */
export interface PortEnd {
  readonly node: string;
  readonly side: "input" | "output";
  readonly port: string;
}

export function toEndKey({ node, side, port }: PortEnd): string {
  return `${side} ${node} ${port}`;
}

export function portOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { node, side, port }: PortEnd,
): PortSpec | undefined {
  const spec = entryOf(catalogue, entryOf(graph.nodes, node)?.type ?? "");
  return side === "input" ? inputPort(spec, port) : entryOf(spec?.outputs, port);
}

/** Why a link between two ports would be wrong, in words; undefined when it fits. */
export function whyUnfit(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  one: PortEnd,
  other: PortEnd,
): string | undefined {
  if (one.node === other.node) return "a node cannot feed itself";
  if (one.side === other.side) {
    return one.side === "output" ? "two outputs cannot be linked" : "two inputs cannot be linked";
  }
  const [from, to] = one.side === "output" ? [one, other] : [other, one];
  const end: InputEnd = { node: to.node, input: to.port };
  const without = produce(graph, disconnect(end));
  const link = { node: from.node, output: from.port };
  const before = new Set(linkFaults(without, catalogue));
  const after = linkFaults(produce(without, connect(link, end)), catalogue);
  return after.find((fault) => !before.has(fault));
}

/** For every port but `from`: why it does not fit, or undefined when it does. */
export function findReasons(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: PortEnd,
): Map<string, string | undefined> {
  const reasons = new Map<string, string | undefined>();
  for (const [node, placed] of Object.entries(graph.nodes)) {
    const spec = entryOf(catalogue, placed.type);
    for (const side of ["input", "output"] as const) {
      const ports = side === "input" ? inputNames(placed, spec) : Object.keys(spec?.outputs ?? {});
      for (const port of ports) {
        const end: PortEnd = { node, side, port };
        const key = toEndKey(end);
        if (key !== toEndKey(from)) reasons.set(key, whyUnfit(graph, catalogue, from, end));
      }
    }
  }
  return reasons;
}

const linkCodes: ReadonlySet<string> = new Set([
  "graph.port-type",
  "graph.port-shape",
  "graph.cycle",
  "graph.dangling-link",
  "graph.unknown-port",
]);

function linkFaults(graph: GraphDocument, catalogue: NodeCatalogue): string[] {
  return validateGraph(graph, catalogue)
    .filter((issue) => linkCodes.has(issue.code))
    .map((issue) => issue.what);
}
