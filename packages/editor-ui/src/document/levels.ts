import {
  entryOf,
  type GraphDocument,
  type GraphInput,
  type GraphNode,
  graphInputs,
  type Issue,
  isPortInput,
  type Link,
  type NodeCatalogue,
  type NodeTypeSpec,
  type PortSpec,
  type Subgraph,
  sortGraph,
  subgraphName,
  subgraphType,
} from "@insightgraph/engine/graph";
import { current, type Draft, isDraft, produce } from "immer";
import { words } from "../messages/messages.ts";
import { ownDoc } from "../messages/translate-catalogue.ts";
import { boundsOf, placeOf } from "./boxes.ts";
import type { GraphDraft, GraphEdit } from "./edits.ts";
import { inputPort } from "./input-names.ts";
import { createNodeId } from "./node-id.ts";
import { forgetPort } from "./subgraph-ports.ts";

/** A place inside a document: the ids of the nodes that were opened, from the document inward. */
export type Level = readonly string[];

/** The node that stands for a subgraph's outputs while it is open; its inputs stand at `$inputs`. */
export const graphOutputs = "$outputs";
/** The port to which a link is drawn to make a new one. */
export const newPort = "+";

/** Whether a node is drawn for a subgraph's own ports: it is no node of the document. */
export function isPortNode(id: string): boolean {
  return id === graphInputs || id === graphOutputs;
}

/** The subgraph at a level, by its name in the document; undefined at the document's own level. */
export function subgraphAt(document: GraphDocument, level: Level): string | undefined {
  let nodes: GraphDocument["nodes"] | undefined = document.nodes;
  let name: string | undefined;
  for (const id of level) {
    name = subgraphName(entryOf(nodes, id)?.type ?? "");
    nodes = name === undefined ? undefined : entryOf(document.graphs, name)?.nodes;
  }
  return name;
}

/** The part of a level that the document still has. */
export function knownLevel(document: GraphDocument, level: Level): Level {
  for (let depth = level.length; depth > 0; depth--) {
    const name = subgraphAt(document, level.slice(0, depth));
    if (name !== undefined && entryOf(document.graphs, name) !== undefined) {
      return depth === level.length ? level : level.slice(0, depth);
    }
  }
  return level.length === 0 ? level : [];
}

const shown = new WeakMap<Subgraph, WeakMap<object, GraphDocument>>();

/** The graph at a level as the canvas shows it: a subgraph's own ports are nodes there. */
export function graphAt(document: GraphDocument, level: Level): GraphDocument {
  const name = subgraphAt(document, level);
  const { graphs } = document;
  const body = name === undefined ? undefined : entryOf(graphs, name);
  if (body === undefined || graphs === undefined) return document;
  const known = shown.get(body) ?? new WeakMap<object, GraphDocument>();
  shown.set(body, known);
  const graph = known.get(graphs) ?? showBody(body, graphs);
  known.set(graphs, graph);
  return graph;
}

function showBody(body: Subgraph, graphs: NonNullable<GraphDocument["graphs"]>): GraphDocument {
  const graph: GraphDocument = {
    format: "insightgraph",
    version: 1,
    nodes: body.nodes,
    graphs,
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.inputs === undefined ? {} : { inputs: body.inputs }),
    ...(body.ui === undefined ? {} : { ui: body.ui }),
  };
  const ids = Object.keys(body.nodes);
  const bounds = boundsOf(ids.map((id) => ({ ...placeOf(graph, id), width: 240, height: 0 })));
  const { x, y, width } = bounds ?? { x: 0, y: 0, width: 0 };
  const inputs: GraphNode = {
    type: graphInputs,
    version: 1,
    ui: portPlace(body, graphInputs) ?? { x: x - 280, y },
  };
  const outputs: GraphNode = {
    type: graphOutputs,
    version: 1,
    ...(body.outputs === undefined ? {} : { inputs: body.outputs }),
    ui: portPlace(body, graphOutputs) ?? { x: x + width + 60, y },
  };
  return { ...graph, nodes: { [graphInputs]: inputs, ...body.nodes, [graphOutputs]: outputs } };
}

function portPlace({ ui }: Subgraph, id: string): { x: number; y: number } | undefined {
  const place = ui?.[id];
  if (typeof place !== "object" || place === null || !("x" in place) || !("y" in place))
    return undefined;
  const { x, y } = place;
  return typeof x === "number" && typeof y === "number" ? { x, y } : undefined;
}

/** Node types of the ports of the subgraph at a level. */
export function portNodeTypes(
  document: GraphDocument,
  level: Level,
  catalogue: NodeCatalogue,
): NodeCatalogue {
  const name = subgraphAt(document, level);
  const body = name === undefined ? undefined : entryOf(document.graphs, name);
  if (name === undefined || body === undefined) return {};
  const spec = entryOf(catalogue, subgraphType(name));
  const extra: PortSpec = { type: "T", doc: "", optional: true };
  const ports = Object.entries(body.inputs ?? {}).flatMap(([port, input]) =>
    isPortInput(input) ? [[port, { type: input.type, doc: input.doc ?? "" }] as const] : [],
  );
  const about = { version: 1, doc: "", category: "graph", params: {} };
  const inputs: NodeTypeSpec = {
    ...about,
    type: graphInputs,
    title: words.node.inputs,
    inputs: {},
    outputs: { ...Object.fromEntries(ports), [newPort]: extra },
  };
  const outputs: NodeTypeSpec = {
    ...about,
    type: graphOutputs,
    title: words.node.outputs,
    inputs: { ...spec?.outputs, [newPort]: extra },
    outputs: {},
  };
  return { [graphInputs]: inputs, [graphOutputs]: outputs };
}

/**
 * An edit of the graph at a level, as an edit of the document. A link to a port's `+` makes a port.
 * A subgraph that is read from a file stays as it is.
 */
export function editAt(level: Level, edit: GraphEdit, catalogue: NodeCatalogue): GraphEdit {
  if (level.length === 0) return edit;
  return (draft) => {
    const document = (isDraft(draft) ? current(draft) : draft) as GraphDocument;
    const name = subgraphAt(document, level);
    const body = name === undefined ? undefined : entryOf(document.graphs, name);
    if (name === undefined || body === undefined || body.file !== undefined) return;
    const before = graphAt(document, level);
    const after = produce(produce(before, edit), makePorts(catalogue));
    if (after !== before) takeBack(draft, name, before, after);
  };
}

/** Whether the graph at a level may be edited: one that is read from a file may not. */
export function isEditable(document: GraphDocument, level: Level): boolean {
  const name = subgraphAt(document, level);
  return name === undefined || entryOf(document.graphs, name)?.file === undefined;
}

/** Gives a name and a type to each port that a link was drawn to make. */
function makePorts(catalogue: NodeCatalogue): GraphEdit {
  return (draft) => {
    for (const [id, node] of Object.entries(draft.nodes)) {
      for (const [input, link] of Object.entries(node.inputs ?? {})) {
        if (link.node !== graphInputs || link.output !== newPort) continue;
        const port = inputPort(entryOf(catalogue, node.type), input);
        if (id === graphOutputs || port === undefined) {
          delete node.inputs?.[input];
          continue;
        }
        link.output = createNodeId(input, new Set(Object.keys(draft.inputs ?? {})));
        draft.inputs = { ...draft.inputs, [link.output]: { type: port.type, doc: ownDoc(port) } };
      }
    }
    const outputs = draft.nodes[graphOutputs]?.inputs;
    const made = outputs?.[newPort];
    if (outputs === undefined || made === undefined) return;
    delete outputs[newPort];
    outputs[createNodeId(made.output, new Set(Object.keys(outputs)))] = made;
  };
}

/** Writes what changed of a level into the document, and nothing else. */
function takeBack(
  draft: GraphDraft,
  name: string,
  before: GraphDocument,
  after: GraphDocument,
): void {
  const { graphs } = draft;
  if (graphs === undefined) return;
  takeTable(graphs as Record<string, unknown>, before.graphs ?? {}, after.graphs ?? {});
  const body = graphs[name];
  if (body === undefined) return;
  const own = (nodes: GraphDocument["nodes"]) =>
    Object.fromEntries(Object.entries(nodes).filter(([id]) => !isPortNode(id)));
  takeTable(body.nodes as Record<string, unknown>, own(before.nodes), own(after.nodes));
  takeField(body, "inputs", before.inputs, after.inputs as Draft<Record<string, GraphInput>>);
  const outputs = (graph: GraphDocument) => graph.nodes[graphOutputs]?.inputs;
  if (after.nodes[graphOutputs] !== undefined) {
    takeField(body, "outputs", outputs(before), outputs(after) as Draft<Record<string, Link>>);
  }
  takeField(body, "ui", before.ui, after.ui as Draft<NonNullable<GraphDocument["ui"]>>);
  for (const id of [graphInputs, graphOutputs]) {
    const [was, is] = [before.nodes[id]?.ui, after.nodes[id]?.ui];
    if (is === undefined || was === is) continue;
    body.ui = { ...body.ui, [id]: { x: is.x ?? 0, y: is.y ?? 0 } };
  }
  const gone = (was: object = {}, is: object = {}) =>
    Object.keys(was).filter((port) => !Object.hasOwn(is, port));
  for (const port of gone(before.inputs, after.inputs)) {
    forgetPort(draft, name, { side: "inputs", port });
  }
  for (const port of gone(outputs(before), body.outputs)) {
    forgetPort(draft, name, { side: "outputs", port });
  }
}

function takeField<Body, Key extends keyof Body>(
  body: Body,
  key: Key,
  before: unknown,
  after: Body[Key],
): void {
  if (before === after) return;
  if (after === undefined) delete body[key];
  else body[key] = after;
}

function takeTable(
  table: Record<string, unknown>,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) delete table[key];
  for (const [key, value] of Object.entries(after)) if (before[key] !== value) table[key] = value;
}

/** The issues of the graph at a level: its own, and those inside a node that runs a subgraph. */
export function issuesAt(
  document: GraphDocument,
  level: Level,
  issues: readonly Issue[],
): readonly Issue[] {
  const name = subgraphAt(document, level);
  const { nodes } = graphAt(document, level);
  const users = new Map<string, string[]>();
  for (const [id, { type }] of Object.entries(nodes)) {
    if (subgraphName(type) !== undefined) users.set(type, [...(users.get(type) ?? []), id]);
  }
  const own = name === undefined ? undefined : subgraphType(name);
  const all = issues.flatMap((issue) => {
    const [place = "", inner] = splitPlace(issue.nodeId);
    if (inner === undefined) return own === undefined ? [issue] : [];
    if (place === own) return [{ ...issue, nodeId: inner }];
    return (users.get(place) ?? []).map((nodeId) => {
      const { path: _, ...rest } = issue;
      return { ...rest, nodeId, what: `${inner}: ${issue.what}` };
    });
  });
  return all.flatMap((issue) =>
    issue.code === "graph.cycle" ? aroundCycle(nodes, issue) : [issue],
  );
}

/** A cycle is the fault of all its nodes, not of the first one alone. */
function aroundCycle(nodes: GraphDocument["nodes"], issue: Issue): Issue[] {
  const cycle = sortGraph({ nodes }).cycles.find(([first]) => first === issue.nodeId);
  return (cycle ?? [issue.nodeId ?? ""]).map((nodeId) => ({ ...issue, nodeId }));
}

/** `graph:NAME/node` as the type and the node in it. */
function splitPlace(nodeId: string | undefined): [string] | [string, string] {
  if (nodeId === undefined || subgraphName(nodeId) === undefined) return [nodeId ?? ""];
  const at = nodeId.indexOf("/");
  return at < 0 ? [nodeId] : [nodeId.slice(0, at), nodeId.slice(at + 1)];
}
