import {
  checkParam,
  entryOf,
  type GraphDocument,
  type GraphNode,
  type Json,
  type NodeTypeSpec,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { disconnect, type GraphDraft, type GraphEdit } from "./edits.ts";
import { setStops, stopsOf } from "./link-stops.ts";
import type { PlacedLink } from "./links.ts";

/** A type in a node's place: what the node's linked ports are called there, and the links that it cannot keep. */
export interface Replacement {
  readonly spec: NodeTypeSpec;
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly lost: readonly PlacedLink[];
  /** How like the replaced type it is; more is better. */
  readonly likeness: number;
}

/** Replaces a node's type; its links move to the ports that fit, and params of the same name and kind stay. */
export function replaceNode(id: string, { spec, inputs, outputs, lost }: Replacement): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    for (const { target, input } of lost) disconnect({ node: target, input })(draft);
    const params = keptParams(node as GraphNode, spec);
    const { params: _params, ...rest } = node;
    draft.nodes[id] = {
      ...rest,
      type: spec.type,
      version: spec.version,
      ...(Object.keys(params).length === 0 ? {} : { params: params as Draft<typeof params> }),
    };
    renameInputs(draft.nodes[id], inputs);
    renameOutputs(draft, id, outputs);
    const gone = lostNames(draft as GraphDocument, id, spec);
    for (const name of gone.inputs) delete draft.inputs?.[name];
    for (const name of gone.outputs) delete draft.outputs?.[name];
  };
}

/** The graph's own names for params and outputs of a node that a type does not have. */
export function lostNames(
  graph: Pick<GraphDocument, "inputs" | "outputs">,
  id: string,
  spec: NodeTypeSpec,
  outputs: ReadonlyMap<string, string> = new Map(),
): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
  const namesOf = <End extends object>(
    table: Readonly<Record<string, End>> | undefined,
    isGone: (end: End) => boolean,
  ) => Object.entries(table ?? {}).flatMap(([name, end]) => (isGone(end) ? [name] : []));
  const isGone = (output: string) =>
    entryOf(spec.outputs, outputs.get(output) ?? output) === undefined;
  return {
    inputs: namesOf(graph.inputs, (end) => {
      if (!("node" in end) || end.node !== id) return false;
      return "param" in end ? entryOf(spec.params, end.param) === undefined : isGone(end.output);
    }),
    outputs: namesOf(graph.outputs, (end) => end.node === id && isGone(end.output)),
  };
}

function keptParams(node: GraphNode, spec: NodeTypeSpec): Record<string, Json> {
  const kept = Object.entries(node.params ?? {}).filter(([name, value]) => {
    const param = entryOf(spec.params, name);
    return param !== undefined && checkParam(param, value) === undefined;
  });
  return Object.fromEntries(kept);
}

/** The places through which links are led go along. */
function renameInputs(node: Draft<GraphNode>, names: ReadonlyMap<string, string>): void {
  const before = Object.entries(node.inputs ?? {}).map(([name, link]) => {
    const stops = stopsOf(node as GraphNode, name);
    return { name, link, stops };
  });
  for (const { name } of before) setStops(node, name, []);
  if (before.length > 0) node.inputs = {};
  for (const { name, link, stops } of before) {
    const to = names.get(name) ?? name;
    node.inputs = { ...node.inputs, [to]: link };
    setStops(node, to, stops);
  }
}

function renameOutputs(draft: GraphDraft, id: string, names: ReadonlyMap<string, string>): void {
  const links = Object.values(draft.nodes).flatMap(({ inputs }) => Object.values(inputs ?? {}));
  const named = Object.values(draft.inputs ?? {}).flatMap((end) => ("output" in end ? [end] : []));
  for (const link of [...links, ...named, ...Object.values(draft.outputs ?? {})]) {
    if (link.node === id) link.output = names.get(link.output) ?? link.output;
  }
}
