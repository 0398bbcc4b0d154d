import {
  checkParam,
  entryOf,
  type GraphDocument,
  type GraphNode,
  type GraphTyping,
  innermostOf,
  isVariable,
  type Json,
  type NodeCatalogue,
  type NodeTypeSpec,
  type ParamSpec,
  type PortSpec,
  typeFaultAt,
} from "@insightgraph/engine/graph";
import { type Draft, produce } from "immer";
import { linkIssues } from "./compatibility.ts";
import { type GraphEdit, nodeOf } from "./edits.ts";
import { linkableNames } from "./input-names.ts";
import { linksOf } from "./links.ts";

/** What a node's ports are called in the type that replaces its own. */
export interface Replacement {
  readonly spec: NodeTypeSpec;
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** How like the replaced type it is; more is better. */
  readonly likeness: number;
}

type Typing = Pick<GraphTyping, "typeOf">;

/** The types that a node could be replaced with and keep all its links, the most alike first. */
export function findReplacements(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Typing,
  id: string,
): Replacement[] {
  const node = nodeOf(graph, id);
  if (node === undefined) return [];
  const own = entryOf(catalogue, node.type);
  const leaving = linksOf(graph).filter(({ source }) => source === id);
  const around = neighbourhood(graph, id);
  const found = Object.values(catalogue).flatMap((spec) => {
    if (spec.type === node.type) return [];
    const { type, version } = spec;
    const trial = { ...graph, nodes: { ...graph.nodes, [id]: { type, version } } };
    const inputs = mapPorts(Object.keys(node.inputs ?? {}), linkableNames(spec), (from, to) => {
      const link = entryOf(node.inputs, from);
      const given = link && typing.typeOf(link);
      const isKnown = given !== undefined && !isVariable(innermostOf(given));
      const end = { node: id, input: to };
      return !isKnown || typeFaultAt(trial, catalogue, typing, end, given) === undefined;
    });
    const used = [...new Set(leaving.map(({ output }) => output))];
    const outputs = mapPorts(used, Object.keys(spec.outputs), (from, to) =>
      leaving
        .filter(({ output }) => output === from)
        .every(({ target, input }) => {
          const given = entryOf(spec.outputs, to)?.type ?? "";
          if (isVariable(innermostOf(given))) return true;
          return (
            typeFaultAt(graph, catalogue, typing, { node: target, input }, given) === undefined
          );
        }),
    );
    if (inputs === undefined || outputs === undefined) return [];
    const replacement = { spec, inputs, outputs, likeness: likenessOf(own, spec) };
    return isSound(around, catalogue, id, replacement) ? [replacement] : [];
  });
  return found.sort((a, b) => b.likeness - a.likeness || a.spec.title.localeCompare(b.spec.title));
}

/** A node with the nodes that it is linked to, and no others. */
function neighbourhood(graph: GraphDocument, id: string): GraphDocument {
  const near = new Set([id]);
  for (const { source, target } of linksOf(graph)) {
    if (source === id) near.add(target);
    if (target === id) near.add(source);
  }
  const nodes = Object.entries(graph.nodes).flatMap(([name, node]) => {
    if (!near.has(name)) return [];
    const inputs = Object.entries(node.inputs ?? {}).filter(([, link]) => near.has(link.node));
    return [[name, { ...node, inputs: Object.fromEntries(inputs) }] as const];
  });
  const { inputs: _inputs, outputs: _outputs, ...rest } = graph;
  return { ...rest, nodes: Object.fromEntries(nodes) };
}

/** Whether no link becomes wrong, by the check that runs make: what flows through the node counts too. */
function isSound(
  around: GraphDocument,
  catalogue: NodeCatalogue,
  id: string,
  replacement: Replacement,
): boolean {
  const faults = (graph: GraphDocument) => linkIssues(graph, catalogue).length;
  return faults(produce(around, replaceNode(id, replacement))) <= faults(around);
}

/** Each wanted port's place among those there are: the one of its name, else the first free one that fits. */
function mapPorts(
  wanted: readonly string[],
  offered: readonly string[],
  doesFit: (from: string, to: string) => boolean,
): Map<string, string> | undefined {
  const map = new Map<string, string>();
  const free = new Set(offered);
  const take = (from: string, to: string | undefined) => {
    if (to === undefined) return;
    map.set(from, to);
    free.delete(to);
  };
  for (const name of wanted) if (free.has(name) && doesFit(name, name)) take(name, name);
  for (const name of wanted) {
    if (!map.has(name))
      take(
        name,
        [...free].find((to) => doesFit(name, to)),
      );
  }
  return map.size === wanted.length ? map : undefined;
}

function likenessOf(own: NodeTypeSpec | undefined, spec: NodeTypeSpec): number {
  if (own === undefined) return 0;
  const shared = (
    one: Readonly<Record<string, PortSpec | ParamSpec>>,
    other: Readonly<Record<string, PortSpec | ParamSpec>>,
  ) => Object.keys(one).filter((name) => Object.hasOwn(other, name)).length;
  const ports = shared(own.inputs, spec.inputs) + shared(own.outputs, spec.outputs);
  return (own.category === spec.category ? 4 : 0) + ports * 2 + shared(own.params, spec.params);
}

/** Replaces a node's type; its links move to the ports that fit, and params of the same name and kind stay. */
export function replaceNode(id: string, { spec, inputs, outputs }: Replacement): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    const links = Object.entries(node.inputs ?? {}).flatMap(([name, link]) => {
      const to = inputs.get(name);
      return to === undefined ? [] : [[to, link] as const];
    });
    const params = keptParams(node as GraphNode, spec);
    const { inputs: _inputs, params: _params, ...rest } = node;
    draft.nodes[id] = {
      ...rest,
      type: spec.type,
      version: spec.version,
      ...(Object.keys(params).length === 0 ? {} : { params: params as Draft<typeof params> }),
      ...(links.length === 0 ? {} : { inputs: Object.fromEntries(links) }),
    };
    renameOutputs(draft, id, outputs);
    for (const [name, input] of Object.entries(draft.inputs ?? {})) {
      const isGone =
        "param" in input && input.node === id && !Object.hasOwn(spec.params, input.param);
      if (isGone) delete draft.inputs?.[name];
    }
  };
}

function keptParams(node: GraphNode, spec: NodeTypeSpec): Record<string, Json> {
  const kept = Object.entries(node.params ?? {}).filter(([name, value]) => {
    const param = entryOf(spec.params, name);
    return param !== undefined && checkParam(param, value) === undefined;
  });
  return Object.fromEntries(kept);
}

function renameOutputs(
  draft: Parameters<GraphEdit>[0],
  id: string,
  outputs: ReadonlyMap<string, string>,
): void {
  for (const node of Object.values(draft.nodes)) {
    for (const link of Object.values(node.inputs ?? {})) {
      if (link.node === id) link.output = outputs.get(link.output) ?? link.output;
    }
  }
  for (const [name, link] of Object.entries(draft.outputs ?? {})) {
    if (link.node !== id) continue;
    const to = outputs.get(link.output);
    if (to === undefined) delete draft.outputs?.[name];
    else link.output = to;
  }
}
