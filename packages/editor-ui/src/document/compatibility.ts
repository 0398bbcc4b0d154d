import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  type GraphTyping,
  graphInputs,
  type Issue,
  innermostOf,
  isVariable,
  type NodeCatalogue,
  type NodeTypeSpec,
  type PortSpec,
  typeFaultAt,
  typeFaultWords,
  validateGraph,
} from "@insightgraph/engine/graph";
import { produce } from "immer";
import { words } from "../messages/messages.ts";
import { connect, disconnect, type InputEnd } from "./edits.ts";
import { inputPort, linkableNames } from "./input-names.ts";
import { graphOutputs, newPort } from "./levels.ts";
import { createNodeId } from "./node-id.ts";
import { type PortEnd, toEndKey } from "./port-end.ts";
import { nodesAfter, nodesBefore } from "./reach.ts";
import { withShownNames, withTypeWords } from "./shown-names.ts";
import { titleAt } from "./variant.ts";

/** What a port declares; undefined where the node or its type does not have it. */
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
  const obvious = whyNever(one, other);
  if (obvious !== undefined) return obvious;
  if (makesPort(one, other)) return undefined;
  const [from, to] = one.side === "output" ? [one, other] : [other, one];
  const end: InputEnd = { node: to.node, input: to.port };
  const without = produce(graph, disconnect(end));
  const link = { node: from.node, output: from.port };
  const after = linkIssues(produce(without, connect(link, end)), catalogue);
  if (after.length === 0) return undefined;
  const before = new Set(linkIssues(without, catalogue).map(({ what }) => what));
  const fault = after.find(({ what }) => !before.has(what));
  return fault && withShownNames(fault.what, catalogue);
}

/** Whether a link between two ports makes a new port of the open subgraph, of whatever type is wanted. */
function makesPort(one: PortEnd, other: PortEnd): boolean {
  const isPlus = ({ node, port }: PortEnd) => node === graphInputs && port === newPort;
  const isTarget = ({ node }: PortEnd) => node !== graphOutputs;
  return (isPlus(one) && isTarget(other)) || (isPlus(other) && isTarget(one));
}

/** Why two ports can never be linked, whatever their types. */
function whyNever(one: PortEnd, other: PortEnd): string | undefined {
  if (one.node === other.node) return words.link.toItself;
  if (one.side !== other.side) return undefined;
  return one.side === "output" ? words.link.twoOutputs : words.link.twoInputs;
}

/** Says of a port why a link with it would be wrong; undefined where it fits. */
export type FitCheck = (end: PortEnd) => string | undefined;

/**
 * Which ports a link from `from` may go to, by their types: the engine's check of the node where the
 * link would end, and whether it would close a circle. Each port is checked once, when it is asked for.
 * @param typing The types that flow through the graph as it stands.
 */
export function createFitCheck(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Pick<GraphTyping, "typeOf">,
  from: PortEnd,
): FitCheck {
  const isOutput = from.side === "output";
  const circle = isOutput ? nodesBefore(graph, from.node) : nodesAfter(graph, from.node);
  const known = new Map<string, string | undefined>();
  const check = (end: PortEnd): string | undefined => {
    const obvious = whyNever(from, end);
    if (obvious !== undefined) return obvious;
    if (circle.has(end.node)) {
      return words.link.circle(
        titleAt(graph, end.node, catalogue),
        titleAt(graph, from.node, catalogue),
      );
    }
    const [start, target] = isOutput ? [from, end] : [end, from];
    const link = { node: start.node, output: start.port };
    const given = typing.typeOf(link) ?? portOf(graph, catalogue, start)?.type;
    if (given === undefined || isVariable(innermostOf(given))) return undefined;
    const input = { node: target.node, input: target.port };
    const fault = typeFaultAt(graph, catalogue, typing, input, given);
    return fault && withTypeWords(typeFaultWords(fault));
  };
  return (end) => {
    const key = toEndKey(end);
    if (!known.has(key)) known.set(key, check(end));
    return known.get(key);
  };
}

/** The ports and params of a node of the graph on the side where a link from `from` ends. */
export function oppositeEnds(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: PortEnd,
  node: string,
): PortEnd[] {
  const spec = entryOf(catalogue, entryOf(graph.nodes, node)?.type ?? "");
  if (spec === undefined) return [];
  const side = from.side === "output" ? "input" : "output";
  const names = side === "input" ? linkableNames(spec) : Object.keys(spec.outputs);
  return names.map((port) => ({ node, side, port }));
}

/** The ports and params of a node of the graph at which a link from `from` could end. */
export function fittingEnds(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: PortEnd,
  node: string,
): PortEnd[] {
  return oppositeEnds(graph, catalogue, from, node).filter(
    (end) => whyUnfit(graph, catalogue, from, end) === undefined,
  );
}

/** The ports of a node type that a link may join, by type id; types without one are absent. */
export type FittingPorts = ReadonlyMap<string, readonly string[]>;

/** Which ports of new nodes could be linked with `from`, by the check that runs make of a graph. */
export function fittingPorts(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  from: PortEnd,
): FittingPorts {
  const specs = Object.values(catalogue);
  return from.side === "output"
    ? fittingInputs(graph, catalogue, from, specs)
    : fittingOutputs(graph, catalogue, from, specs);
}

/** All candidates are linked in one trial graph: they end there and cannot affect each other. */
function fittingInputs(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { node, port: output }: PortEnd,
  specs: readonly NodeTypeSpec[],
): FittingPorts {
  const taken = new Set(Object.keys(graph.nodes));
  const trials = new Map<string, { readonly type: string; readonly port: string }>();
  const nodes: Record<string, GraphNode> = { ...graph.nodes };
  for (const spec of specs) {
    const { type, version } = spec;
    for (const port of linkableNames(spec)) {
      const id = createNodeId("trial", taken);
      taken.add(id);
      trials.set(id, { type, port });
      nodes[id] = { type, version, inputs: { [port]: { node, output } } };
    }
  }
  for (const { nodeId = "" } of linkIssues({ ...graph, nodes }, catalogue)) trials.delete(nodeId);
  return groupPorts(trials.values());
}

/** A new node has nothing linked to it, so whether its output fits depends on the port alone. */
function fittingOutputs(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  to: PortEnd,
  specs: readonly NodeTypeSpec[],
): FittingPorts {
  const id = createNodeId("trial", new Set(Object.keys(graph.nodes)));
  const verdicts = new Map<string, boolean>();
  const doesFit = ({ type, version, outputs }: NodeTypeSpec, port: string): boolean => {
    const declared = outputs[port];
    const key = JSON.stringify([declared?.type, declared?.shape]);
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const trial = { ...graph, nodes: { ...graph.nodes, [id]: { type, version } } };
    const fits = whyUnfit(trial, catalogue, { node: id, side: "output", port }, to) === undefined;
    verdicts.set(key, fits);
    return fits;
  };
  const ports = specs.flatMap((spec) =>
    Object.keys(spec.outputs)
      .filter((port) => doesFit(spec, port))
      .map((port) => ({ type: spec.type, port })),
  );
  return groupPorts(ports);
}

function groupPorts(
  ports: Iterable<{ readonly type: string; readonly port: string }>,
): FittingPorts {
  const groups = new Map<string, string[]>();
  for (const { type, port } of ports) groups.set(type, [...(groups.get(type) ?? []), port]);
  return groups;
}

const linkCodes: ReadonlySet<string> = new Set([
  "graph.port-type",
  "graph.port-shape",
  "graph.cycle",
  "graph.dangling-link",
  "graph.unknown-port",
]);

/** What is wrong with a graph's links, and with nothing else of it. */
export function linkIssues(graph: GraphDocument, catalogue: NodeCatalogue): Issue[] {
  return validateGraph(graph, catalogue).filter(({ code }) => linkCodes.has(code));
}
