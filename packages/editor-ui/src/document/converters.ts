import type {
  GraphDocument,
  GraphNode,
  Link,
  NodeCatalogue,
  NodeTypeSpec,
} from "@insightgraph/engine/graph";
import { fittingPorts, linkIssues } from "./compatibility.ts";
import { type InputEnd, nodeOf } from "./edits.ts";
import type { Insertion } from "./insert.ts";
import { createNodeId } from "./node-id.ts";
import type { PortEnd } from "./port-end.ts";
import { nodesBefore } from "./reach.ts";

/** A node type through which a link can go where it does not fit by itself. */
export interface Converter {
  readonly spec: NodeTypeSpec;
  readonly by: Insertion;
  readonly link: Link;
  readonly end: InputEnd;
}

/**
 * The node types through which a link from `from` can come to one of `ends`; first those that need
 * the least besides.
 */
export function findConverters(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: PortEnd,
  ends: readonly PortEnd[],
): Converter[] {
  const near = fittingPorts(graph, catalogue, from);
  const found = ends
    .filter((end) => end.side !== from.side && end.node !== from.node)
    .flatMap((end): Converter[] => {
      const [start, target] = from.side === "output" ? [from, end] : [end, from];
      if (nodesBefore(graph, start.node).has(target.node)) return [];
      const far = fittingPorts(graph, catalogue, end);
      const [taking, giving] = from.side === "output" ? [near, far] : [far, near];
      const link = { node: start.node, output: start.port };
      return Object.values(catalogue).flatMap((spec) => {
        const [input] = taking.get(spec.type) ?? [];
        const [output] = giving.get(spec.type) ?? [];
        if (input === undefined || output === undefined) return [];
        const by = { input, output };
        return [{ spec, by, link, end: { node: target.node, input: target.port } }];
      });
    });
  const extent = ({ spec: { inputs, params } }: Converter) =>
    Object.values(inputs).filter(({ optional }) => optional !== true).length * 100 +
    Object.keys(params).length;
  return thatConvert(graph, catalogue, found).sort((one, other) => extent(one) - extent(other));
}

/**
 * Those that join both ends: a type whose ports take anything fits each of them, and yet gives only
 * what it takes. All are tried in one graph, each with a copy of the node where the link ends.
 */
function thatConvert(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  converters: readonly Converter[],
): Converter[] {
  const taken = new Set(Object.keys(graph.nodes));
  const freshId = () => {
    const id = createNodeId("trial", taken);
    taken.add(id);
    return id;
  };
  const nodes: Record<string, GraphNode> = { ...graph.nodes };
  const trials = converters.map((converter) => {
    const [between, copy] = [freshId(), freshId()];
    const { spec, by, link, end } = converter;
    const target = nodeOf(graph, end.node);
    nodes[between] = { type: spec.type, version: spec.version, inputs: { [by.input]: link } };
    if (target !== undefined) {
      const led = { node: between, output: by.output };
      nodes[copy] = { ...target, inputs: { ...target.inputs, [end.input]: led } };
    }
    return { converter, between, copy };
  });
  const faults = new Map<string, Set<string>>();
  for (const { nodeId = "", code, path } of linkIssues({ ...graph, nodes }, catalogue)) {
    faults.set(nodeId, (faults.get(nodeId) ?? new Set()).add(`${code} ${path}`));
  }
  return trials.flatMap(({ converter, between, copy }) => {
    const before = faults.get(converter.end.node) ?? new Set();
    const after = faults.get(copy) ?? new Set();
    const isFine = !faults.has(between) && [...after].every((fault) => before.has(fault));
    return isFine ? [converter] : [];
  });
}
