import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import {
  type GraphBody,
  graphInputs,
  isParamInput,
  type Link,
  type Subgraph,
} from "../graph/document.ts";
import { openOutputInputs } from "../graph/open-output-inputs.ts";
import { isOff, resolveLink } from "../graph/resolve-link.ts";
import { type GraphTyping, type NodeTyping, resolveTypes } from "../graph/resolve-types.ts";
import { settingsOf } from "../graph/settings.ts";
import { sortGraph } from "../graph/sort-graph.ts";
import { subgraphName } from "../graph/subgraphs.ts";
import { liveWire, nodesOf, type Wire, type WiredNode } from "../graph/wiring.ts";
import type { AnyNode } from "../node/registry.ts";
import { isStepGraph, type Step, type StepGraph } from "./step.ts";

/** What planning steps needs besides the graph itself. */
export interface Planner {
  readonly nodes: ReadonlyMap<string, AnyNode>;
  /** With the document's own subgraphs. */
  readonly catalogue: NodeCatalogue;
  /** The document's own subgraphs, by name. */
  readonly graphs: Readonly<Record<string, Subgraph>>;
  /** Subgraphs that are planned already, by name and connected inputs. */
  readonly planned: Map<string, StepGraph>;
}

/** The steps of one graph; subgraphs that run once are inlined. */
export interface PlannedSteps {
  readonly steps: Map<string, Step>;
  /** The source of each output of an inlined subgraph, by `node/output`. */
  readonly outputs: Map<string, Link>;
  /** Output nodes inside inlined subgraphs, by the node's id. */
  readonly effects: Map<string, readonly string[]>;
}

function linkKey({ node, output }: Link): string {
  return `${node}/${output}`;
}

/** Plans a subgraph for a node that connects some of its inputs; undefined for an unknown one. */
function subgraphFor(
  name: string,
  wires: readonly Wire[],
  planner: Planner,
): StepGraph | undefined {
  const subgraph = entryOf(planner.graphs, name);
  if (subgraph === undefined) return undefined;
  const isConnected = (input: string): boolean => wires.some((wire) => wire.name === input);
  const connected = Object.keys(subgraph.inputs ?? {}).filter(isConnected);
  const key = JSON.stringify([name, ...connected]);
  const known = planner.planned.get(key);
  if (known !== undefined) return known;
  const planned = planSubgraph(subgraph, new Set(connected), planner);
  planner.planned.set(key, planned);
  return planned;
}

/** Plans a subgraph for uses that connect the same inputs. */
function planSubgraph(
  subgraph: Subgraph,
  connected: ReadonlySet<string>,
  planner: Planner,
): StepGraph {
  const { catalogue } = planner;
  const typed = resolveTypes(subgraph, catalogue, sortGraph(subgraph).order);
  const graph = openOutputInputs(subgraph, connected, typed.typeOf);
  const { order } = sortGraph(graph);
  const typing = graph === subgraph ? typed : resolveTypes(graph, catalogue, order);
  const named = namedParams(graph);
  const requested = new Set<string>();
  for (const link of Object.values(graph.outputs ?? {})) {
    requested.add(linkKey(resolveLink(graph, catalogue, link) ?? link));
  }
  const isRequested = (link: Link): boolean => requested.has(linkKey(link));
  const planned = planSteps(graph, order, planner, { typing, connected, named, isRequested });
  const outputs: [string, Link][] = [];
  for (const [output, link] of Object.entries(graph.outputs ?? {})) {
    const live = resolveLink(graph, catalogue, link);
    if (live !== undefined) outputs.push([output, planned.outputs.get(linkKey(live)) ?? live]);
  }
  const effects = nodesOf(graph).flatMap(({ id, node }) => {
    if (isOff(node) || entryOf(catalogue, node.type)?.isOutput !== true) return [];
    return planned.effects.get(id) ?? [id];
  });
  return { steps: planned.steps, outputs: Object.fromEntries(outputs), effects };
}

/** The params that a subgraph exposes as its inputs: `node/param` -> the input's name. */
function namedParams(graph: GraphBody): Map<string, string> {
  const named = new Map<string, string>();
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    if (isParamInput(input)) named.set(`${input.node}/${input.param}`, name);
  }
  return named;
}

/** A subgraph that runs for each item, its node ids prefixed with that of the node that uses it. */
function withPrefix(task: Step["task"], prefix: string): Step["task"] {
  if (!isStepGraph(task)) return task;
  const steps = [...task.steps].map(([id, step]): [string, Step] => {
    const nodeId = `${prefix}/${step.nodeId}`;
    return [id, { ...step, nodeId, task: withPrefix(step.task, prefix) }];
  });
  return { ...task, steps: new Map(steps) };
}

/** Replaces a node by the steps of its subgraph. */
function inline(use: Step, inner: StepGraph, into: PlannedSteps): void {
  const prefixed = (id: string): string => `${use.nodeId}/${id}`;
  const relink = (link: Link): Link | undefined =>
    link.node === graphInputs
      ? (entryOf(use.inputs, link.output) ?? entryOf(use.params, link.output))
      : { node: prefixed(link.node), output: link.output };
  const relinkAll = (links: Readonly<Record<string, Link>>): Record<string, Link> => {
    const live: [string, Link][] = [];
    for (const [name, link] of Object.entries(links)) {
      const target = relink(link);
      if (target !== undefined) live.push([name, target]);
    }
    return Object.fromEntries(live);
  };
  for (const step of inner.steps.values()) {
    const settings = { ...step.settings };
    for (const [param, { node, output }] of Object.entries(step.params)) {
      const value = entryOf(use.settings, output);
      if (node === graphInputs && value !== undefined) settings[param] = value;
    }
    const nodeId = prefixed(step.nodeId);
    const [inputs, params] = [relinkAll(step.inputs), relinkAll(step.params)];
    const task = withPrefix(step.task, use.nodeId);
    into.steps.set(nodeId, { ...step, nodeId, task, settings, inputs, params });
  }
  for (const [output, link] of Object.entries(inner.outputs)) {
    const target = relink(link);
    if (target !== undefined) into.outputs.set(`${use.nodeId}/${output}`, target);
  }
  into.effects.set(use.nodeId, inner.effects.map(prefixed));
}

/** What planning the steps of one graph needs to know of it. */
interface GraphFacts {
  readonly typing: GraphTyping;
  /** Input ports that have a value. */
  readonly connected: ReadonlySet<string>;
  /** Params that are inputs of the subgraph being planned. */
  readonly named?: ReadonlyMap<string, string>;
  /** Whether something besides the graph's own nodes takes an output. */
  isRequested(link: Link): boolean;
}

interface StepContext extends GraphFacts {
  readonly graph: GraphBody;
  readonly planner: Planner;
  readonly into: PlannedSteps;
}

/** A node's wires past nodes that are off, without those that bring nothing. */
function liveWires({ graph, planner, connected }: StepContext, { wires }: WiredNode): Wire[] {
  return wires.flatMap((wire) => {
    const live = liveWire(graph, planner.catalogue, wire);
    if (live === undefined) return [];
    const { node, output } = live.link;
    return node === graphInputs && !connected.has(output) ? [] : [live];
  });
}

function addStep(context: StepContext, wired: WiredNode, { levels, lifts, own }: NodeTyping): void {
  const { planner, into, named } = context;
  const { nodes, catalogue } = planner;
  const { id: nodeId, node } = wired;
  const wires = liveWires(context, wired);
  const spec = entryOf(catalogue, node.type);
  const name = subgraphName(node.type);
  const task = name === undefined ? nodes.get(node.type) : subgraphFor(name, wires, planner);
  if (spec === undefined || task === undefined) return;
  const inputs: Record<string, Link> = {};
  const params: Record<string, Link> = {};
  for (const input of named === undefined ? [] : Object.keys(spec.params)) {
    const output = named?.get(`${nodeId}/${input}`);
    if (output !== undefined) params[input] = { node: graphInputs, output };
  }
  for (const { name, link } of wires) {
    const source = (into.outputs.size > 0 && into.outputs.get(linkKey(link))) || link;
    (entryOf(spec.inputs, name) === undefined ? params : inputs)[name] = source;
  }
  const settings = settingsOf(spec, node);
  const prefixedTask = isStepGraph(task) && levels.length > 0 ? withPrefix(task, nodeId) : task;
  const step: Step = { nodeId, task: prefixedTask, settings, inputs, params, levels, lifts, own };
  if (isStepGraph(task) && levels.length === 0) inline(step, task, into);
  else into.steps.set(nodeId, step);
}

/**
 * Turns the nodes of a graph into steps.
 * @param order The needed nodes, sources first.
 */
export function planSteps(
  graph: GraphBody,
  order: readonly WiredNode[],
  planner: Planner,
  facts: GraphFacts,
): PlannedSteps {
  const into: PlannedSteps = { steps: new Map(), outputs: new Map(), effects: new Map() };
  const context: StepContext = { ...facts, graph, planner, into };
  for (const wired of order) {
    const types = facts.typing.typingOf(wired);
    if (types !== undefined && !isOff(wired.node)) addStep(context, wired, types);
  }
  dropUnusedOutputs(into.steps, facts);
  return into;
}

/** A subgraph that runs for each item makes only the outputs that something takes. */
function dropUnusedOutputs(steps: Map<string, Step>, { isRequested }: GraphFacts): void {
  const mapped = [...steps].filter(([, { task }]) => isStepGraph(task));
  if (mapped.length === 0) return;
  const links = [...steps.values()].flatMap(({ inputs, params }) => [
    ...Object.values(inputs),
    ...Object.values(params),
  ]);
  const used = new Set(links.map(linkKey));
  for (const [node, step] of mapped) {
    const { task } = step;
    if (!isStepGraph(task)) continue;
    const isUsed = ([output]: readonly [string, Link]): boolean =>
      used.has(linkKey({ node, output })) || isRequested({ node, output });
    const outputs = Object.fromEntries(Object.entries(task.outputs).filter(isUsed));
    steps.set(node, { ...step, task: { ...task, outputs } });
  }
}
