import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  isParamInput,
  type Link,
  type NodeCatalogue,
  type ParamSpec,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { type GraphEdit, nodeOf } from "./edits.ts";
import { createNodeId } from "./node-id.ts";

/** A param that a graph asks for by name. */
export interface NamedParam {
  readonly label: string;
  readonly nodeId: string;
  readonly node: GraphNode;
  /** The param's own name. */
  readonly name: string;
  readonly spec: ParamSpec;
}

/** The params that a graph asks for by name, in their order. */
export function namedParams(graph: GraphDocument, catalogue: NodeCatalogue): NamedParam[] {
  return Object.entries(graph.inputs ?? {}).flatMap(([label, input]) => {
    if (!isParamInput(input)) return [];
    const node = nodeOf(graph, input.node);
    const spec = entryOf(entryOf(catalogue, node?.type ?? "")?.params, input.param);
    if (node === undefined || spec === undefined) return [];
    return [{ label, nodeId: input.node, node, name: input.param, spec }];
  });
}

/** The name under which a graph asks for a param; undefined where it does not. */
export function nameOfParam(
  { inputs = {} }: GraphDocument,
  node: string,
  param: string,
): string | undefined {
  return Object.entries(inputs).find(
    ([, input]) => isParamInput(input) && input.node === node && input.param === param,
  )?.[0];
}

/** Asks for a param by name, or no longer. */
export function toggleParamName(node: string, param: string): GraphEdit {
  return (draft) => {
    const known = nameOfParam(draft as GraphDocument, node, param);
    if (known === undefined) {
      const label = createNodeId(param, new Set(Object.keys(draft.inputs ?? {})));
      draft.inputs = { ...draft.inputs, [label]: { node, param } };
    } else if (draft.inputs !== undefined) {
      delete draft.inputs[known];
      if (Object.keys(draft.inputs).length === 0) delete draft.inputs;
    }
  };
}

/** The name under which a graph gives an output; undefined where it does not. */
export function nameOfOutput(
  { outputs = {} }: GraphDocument,
  { node, output }: Link,
): string | undefined {
  return Object.entries(outputs).find(
    ([, link]) => link.node === node && link.output === output,
  )?.[0];
}

/** Gives an output by name, or no longer. */
export function toggleOutputName(link: Link): GraphEdit {
  return (draft) => {
    const known = nameOfOutput(draft as GraphDocument, link);
    if (known === undefined) {
      const label = createNodeId(link.output, new Set(Object.keys(draft.outputs ?? {})));
      draft.outputs = { ...draft.outputs, [label]: link as Draft<Link> };
    } else if (draft.outputs !== undefined) {
      delete draft.outputs[known];
      if (Object.keys(draft.outputs).length === 0) delete draft.outputs;
    }
  };
}
