import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  graphInputs,
  isParamInput,
  isPortInput,
  type Json,
  type Link,
  type Subgraph,
  subgraphName,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { boundsOf, placeOf } from "./boxes.ts";
import { type GraphDraft, type GraphEdit, nodeOf } from "./edits.ts";
import { forgetSubgraph } from "./forget-subgraph.ts";
import { shiftStops } from "./link-stops.ts";
import { createNodeId } from "./node-id.ts";

/** The subgraph that a node of a graph runs. */
export function subgraphOf(graph: GraphDocument, id: string): Subgraph | undefined {
  const name = subgraphName(nodeOf(graph, id)?.type ?? "");
  return name === undefined ? undefined : entryOf(graph.graphs, name);
}

/** An edit that puts the nodes of a subgraph in the place of the node that runs it, and their ids. */
export interface Unfold {
  readonly edit: GraphEdit;
  readonly ids: readonly string[];
}

/** Undoes a fold; undefined where the node runs no subgraph, or is bypassed, which its nodes could not all be. */
export function unfoldNode(graph: GraphDocument, id: string): Unfold | undefined {
  const node = nodeOf(graph, id);
  const body = subgraphOf(graph, id);
  if (node === undefined || body === undefined || node.bypassed === true) return undefined;
  const ids = freeIds(graph, id, body);
  const outside = outsideLinks(node, body);
  const inner = Object.entries(body.nodes).map(([old, one]) => {
    return [ids.get(old) ?? old, innerNode(one, old, { node, body, ids, outside })] as const;
  });
  const by = moveBy(graph, id, body);
  const exitOf = (output: string): Link | undefined => {
    const exit = entryOf(body.outputs, output);
    return exit && lead(exit, ids, outside);
  };
  const edit: GraphEdit = (draft) => {
    delete draft.nodes[id];
    for (const [name, one] of inner) {
      const { x = 0, y = 0 } = one.ui ?? {};
      const node = structuredClone(one) as Draft<GraphNode>;
      shiftStops(node, Object.keys(node.inputs ?? {}), by);
      node.ui = { ...node.ui, x: x + by.x, y: y + by.y };
      draft.nodes[name] = node;
    }
    relink(draft, id, exitOf);
    for (const [label, input] of Object.entries(draft.inputs ?? {})) {
      if (!("param" in input) || input.node !== id) continue;
      const named = entryOf(body.inputs, input.param);
      if (named === undefined || !isParamInput(named)) delete draft.inputs?.[label];
      else if (draft.inputs !== undefined) {
        draft.inputs[label] = { node: ids.get(named.node) ?? named.node, param: named.param };
      }
    }
    forgetSubgraph(draft, subgraphName(node.type) ?? "");
  };
  return { edit, ids: [...ids.values()] };
}

function freeIds(graph: GraphDocument, id: string, body: Subgraph): Map<string, string> {
  const taken = new Set(Object.keys(graph.nodes).filter((other) => other !== id));
  const ids = new Map<string, string>();
  for (const old of Object.keys(body.nodes)) {
    const free = createNodeId(old, taken);
    taken.add(free);
    ids.set(old, free);
  }
  return ids;
}

/** What comes into the subgraph: by the port, and by the output that a port stands in for. */
function outsideLinks(node: GraphNode, body: Subgraph): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  for (const [name, input] of Object.entries(body.inputs ?? {})) {
    const link = entryOf(node.inputs, name);
    if (link === undefined || isParamInput(input)) continue;
    if (isPortInput(input)) links.set(keyOf({ node: graphInputs, output: name }), link);
    else links.set(keyOf(input), link);
  }
  return links;
}

function keyOf({ node, output }: Link): string {
  return `${node}\n${output}`;
}

/** Where a link of the subgraph begins in the graph around it; undefined where nothing comes in. */
function lead(
  link: Link,
  ids: ReadonlyMap<string, string>,
  outside: ReadonlyMap<string, Link>,
): Link | undefined {
  const from = outside.get(keyOf(link));
  if (from !== undefined) return from;
  const node = ids.get(link.node);
  return node === undefined ? undefined : { node, output: link.output };
}

interface Inner {
  readonly node: GraphNode;
  readonly body: Subgraph;
  readonly ids: ReadonlyMap<string, string>;
  readonly outside: ReadonlyMap<string, Link>;
}

/** A node of the subgraph with the values and links that the outer node had for it. */
function innerNode(one: GraphNode, old: string, { node, body, ids, outside }: Inner): GraphNode {
  const links: Record<string, Link> = {};
  for (const [input, link] of Object.entries(one.inputs ?? {})) {
    const led = lead(link, ids, outside);
    if (led !== undefined) links[input] = led;
  }
  const params: Record<string, Json> = { ...one.params };
  for (const [name, input] of Object.entries(body.inputs ?? {})) {
    if (!isParamInput(input) || input.node !== old) continue;
    const value = entryOf(node.params, name);
    if (value !== undefined) params[input.param] = value;
    const link = entryOf(node.inputs, name);
    if (link !== undefined) links[input.param] = link;
  }
  const { inputs: _inputs, params: _params, ...rest } = one;
  return {
    ...rest,
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(Object.keys(links).length === 0 ? {} : { inputs: links }),
    ...(node.muted === true ? { muted: true } : {}),
  };
}

function moveBy(graph: GraphDocument, id: string, body: Subgraph) {
  const inner: GraphDocument = { ...graph, nodes: body.nodes };
  const boxes = Object.keys(body.nodes).map((one) => ({
    ...placeOf(inner, one),
    width: 0,
    height: 0,
  }));
  const corner = boundsOf(boxes) ?? { x: 0, y: 0 };
  const { x, y } = placeOf(graph, id);
  return { x: x - corner.x, y: y - corner.y };
}

/** Links and named outputs of the unfolded node begin where its own outputs did. */
function relink(draft: GraphDraft, id: string, exitOf: (output: string) => Link | undefined): void {
  for (const node of Object.values(draft.nodes)) {
    for (const [input, link] of Object.entries(node.inputs ?? {})) {
      if (link.node !== id) continue;
      const exit = exitOf(link.output);
      if (exit !== undefined) Object.assign(link, exit);
      else delete node.inputs?.[input];
    }
    if (node.inputs !== undefined && Object.keys(node.inputs).length === 0) delete node.inputs;
  }
  for (const [name, link] of Object.entries(draft.outputs ?? {})) {
    if (link.node !== id) continue;
    const exit = exitOf(link.output);
    if (exit !== undefined) Object.assign(link, exit);
    else delete draft.outputs?.[name];
  }
}
