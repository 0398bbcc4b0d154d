import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import { definitionName } from "../graph/definitions.ts";
import { GRAPH_INPUTS, type GraphBody, isPortInput, type Link } from "../graph/document.ts";
import { isOff, resolveLink } from "../graph/resolve-link.ts";
import { type GraphTyping, type NodeTyping, resolveTypes } from "../graph/resolve-types.ts";
import { settingsOf } from "../graph/settings.ts";
import { sortGraph } from "../graph/sort-graph.ts";
import { liveWire, nodesOf, type WiredNode } from "../graph/wiring.ts";
import type { AnyNode } from "../node/registry.ts";
import { isStepGraph, type Step, type StepGraph } from "./step.ts";

export interface Planner {
  readonly nodes: ReadonlyMap<string, AnyNode>;
  /** With the document's definitions. */
  readonly catalogue: NodeCatalogue;
  /** Definitions that are planned already, by name. */
  readonly planned: Map<string, StepGraph>;
}

/** The steps of one graph, definitions that run once unfolded among them. */
export interface Unfolded {
  readonly steps: Map<string, Step>;
  /** Where the outputs of unfolded nodes really come from, by `node/output`. */
  readonly outputs: Map<string, Link>;
  /** Output nodes inside unfolded nodes, by the node's id. */
  readonly effects: Map<string, readonly string[]>;
}

function linkKey({ node, output }: Link): string {
  return `${node}/${output}`;
}

/** Plans a definition whose own definitions are planned already. */
export function planDefinition(graph: GraphBody, planner: Planner): StepGraph {
  const { catalogue } = planner;
  const { order } = sortGraph(graph);
  const typing = resolveTypes(graph, catalogue, order);
  const unfolded = unfold(graph, order, planner, typing, namedParams(graph));
  const outputs: [string, Link][] = [];
  for (const [output, link] of Object.entries(graph.outputs ?? {})) {
    const live = resolveLink(graph, catalogue, link);
    if (live !== undefined) outputs.push([output, unfolded.outputs.get(linkKey(live)) ?? live]);
  }
  const effects = nodesOf(graph).flatMap(({ id, node }) => {
    if (isOff(node) || entryOf(catalogue, node.type)?.isOutput !== true) return [];
    return unfolded.effects.get(id) ?? [id];
  });
  return { steps: unfolded.steps, outputs: Object.fromEntries(outputs), effects };
}

/** The params of a definition's nodes that its own inputs name: `node/param` to the input's name. */
function namedParams(graph: GraphBody): Map<string, string> {
  const named = new Map<string, string>();
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    if (!isPortInput(input)) named.set(`${input.node}/${input.param}`, name);
  }
  return named;
}

/** A definition that is run for each item, its nodes named after the node that stands for it. */
function placeTask(task: Step["task"], prefix: string): Step["task"] {
  if (!isStepGraph(task)) return task;
  const steps = [...task.steps].map(([id, step]): [string, Step] => {
    const nodeId = `${prefix}/${step.nodeId}`;
    return [id, { ...step, nodeId, task: placeTask(step.task, prefix) }];
  });
  return { ...task, steps: new Map(steps) };
}

/** Puts the steps of a definition in the place of the node that stands for it. */
function inline(use: Step, inner: StepGraph, into: Unfolded): void {
  const placed = (id: string): string => `${use.nodeId}/${id}`;
  const relink = (link: Link): Link | undefined =>
    link.node === GRAPH_INPUTS
      ? (entryOf(use.inputs, link.output) ?? entryOf(use.params, link.output))
      : { node: placed(link.node), output: link.output };
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
      if (node === GRAPH_INPUTS && value !== undefined) settings[param] = value;
    }
    const nodeId = placed(step.nodeId);
    const [inputs, params] = [relinkAll(step.inputs), relinkAll(step.params)];
    const task = placeTask(step.task, use.nodeId);
    into.steps.set(nodeId, { ...step, nodeId, task, settings, inputs, params });
  }
  for (const [output, link] of Object.entries(inner.outputs)) {
    const target = relink(link);
    if (target !== undefined) into.outputs.set(`${use.nodeId}/${output}`, target);
  }
  into.effects.set(use.nodeId, inner.effects.map(placed));
}

interface Unfolding {
  readonly graph: GraphBody;
  readonly planner: Planner;
  readonly into: Unfolded;
  /** Params that are inputs of the definition being planned. */
  readonly named: ReadonlyMap<string, string>;
}

function addStep(
  { graph, planner, into, named }: Unfolding,
  wired: WiredNode,
  { levels, lifts, own }: NodeTyping,
): void {
  const { nodes, catalogue } = planner;
  const { id: nodeId, node } = wired;
  const spec = entryOf(catalogue, node.type);
  const name = definitionName(node.type);
  const task = name === undefined ? nodes.get(node.type) : planner.planned.get(name);
  if (spec === undefined || task === undefined) return;
  const inputs: Record<string, Link> = {};
  const params: Record<string, Link> = {};
  for (const input of named.size === 0 ? [] : Object.keys(spec.params)) {
    const output = named.get(`${nodeId}/${input}`);
    if (output !== undefined) params[input] = { node: GRAPH_INPUTS, output };
  }
  for (const wire of wired.wires) {
    const link = liveWire(graph, catalogue, wire)?.link;
    if (link === undefined) continue;
    const { name } = wire;
    const source = (into.outputs.size > 0 && into.outputs.get(linkKey(link))) || link;
    (entryOf(spec.inputs, name) === undefined ? params : inputs)[name] = source;
  }
  const settings = settingsOf(spec, node);
  const placed = isStepGraph(task) && levels.length > 0 ? placeTask(task, nodeId) : task;
  const step: Step = { nodeId, task: placed, settings, inputs, params, levels, lifts, own };
  if (isStepGraph(task) && levels.length === 0) inline(step, task, into);
  else into.steps.set(nodeId, step);
}

/**
 * Turns the nodes of a graph into steps.
 * @param order The nodes that are needed, sources first.
 * @param named Params that are inputs of the definition being planned.
 */
export function unfold(
  graph: GraphBody,
  order: readonly WiredNode[],
  planner: Planner,
  typing: GraphTyping,
  named: ReadonlyMap<string, string> = new Map(),
): Unfolded {
  const into: Unfolded = { steps: new Map(), outputs: new Map(), effects: new Map() };
  for (const wired of order) {
    const types = typing.typingOf(wired);
    if (types === undefined || isOff(wired.node)) continue;
    addStep({ graph, planner, into, named }, wired, types);
  }
  return into;
}
