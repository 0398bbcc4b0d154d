import type {
  GraphDocument,
  GraphNode,
  Json,
  Link,
  NodeTypeSpec,
} from "@insightgraph/engine/graph";
import { entryOf } from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { setStops, shiftStops } from "./link-stops.ts";

/** A graph that may be changed in place. */
export type GraphDraft = Draft<GraphDocument>;
/** A change to a graph, made in place on an immer draft. */
export type GraphEdit = (draft: GraphDraft) => void;

/** A place on the canvas or on the screen, in px. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The input end of a link; at most one link ends in each input. */
export interface InputEnd {
  readonly node: string;
  readonly input: string;
}

/** The node of that id, if the graph has it. */
export function nodeOf(graph: GraphDocument, id: string): GraphNode | undefined {
  return entryOf(graph.nodes, id);
}

/** The link that ends in an input, if there is one. */
export function linkInto(graph: GraphDocument, end: InputEnd): Link | undefined {
  return entryOf(nodeOf(graph, end.node)?.inputs, end.input);
}

/** Adds a node with default params. */
export function addNode(
  id: string,
  spec: Pick<NodeTypeSpec, "type" | "version">,
  at: Point,
): GraphEdit {
  return (draft) => {
    draft.nodes[id] = { type: spec.type, version: spec.version, ui: roundPoint(at) };
  };
}

/** Removes nodes with every link, graph input and graph output that named them. */
export function removeNodes(ids: Iterable<string>): GraphEdit {
  const gone = new Set(ids);
  return (draft) => {
    for (const id of gone) delete draft.nodes[id];
    for (const node of Object.values(draft.nodes)) {
      for (const [input, link] of Object.entries(node.inputs ?? {})) {
        if (gone.has(link.node)) removeInput(node, input);
      }
    }
    for (const table of [draft.inputs, draft.outputs]) {
      for (const [name, end] of Object.entries(table ?? {})) {
        if ("node" in end && gone.has(end.node)) delete table?.[name];
      }
    }
  };
}

/** Links an output to an input; a link that already ended there is replaced. */
export function connect(from: Link, to: InputEnd): GraphEdit {
  return (draft) => {
    const node = draft.nodes[to.node];
    if (node === undefined) return;
    node.inputs = { ...node.inputs, [to.input]: { node: from.node, output: from.output } };
    setStops(node, to.input, []);
  };
}

/** Removes the link that ends in an input. */
export function disconnect(end: InputEnd): GraphEdit {
  return (draft) => {
    const node = draft.nodes[end.node];
    if (node !== undefined) removeInput(node, end.input);
  };
}

/** Gives a param a value. */
export function setParam(id: string, name: string, value: Json): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    node.params = { ...node.params, [name]: value as Draft<Json> };
  };
}

/** Calls a node by a title of its own; an empty one gives it back the title of its type. */
export function renameNode(id: string, title: string): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    const { title: _, ...ui } = node.ui ?? {};
    node.ui = title.trim() === "" ? ui : { ...ui, title: title.trim() };
  };
}

/** Moves nodes, by id, to whole pixels; what leads the links between them moves along. */
export function moveNodes(places: Readonly<Record<string, Point>>): GraphEdit {
  return (draft) => {
    for (const [id, at] of Object.entries(places)) {
      const node = draft.nodes[id];
      if (node === undefined) continue;
      const { x = at.x, y = at.y } = node.ui ?? {};
      const led = Object.entries(node.inputs ?? {}).filter(([, link]) =>
        Object.hasOwn(places, link.node),
      );
      shiftStops(
        node,
        led.map(([input]) => input),
        { x: at.x - x, y: at.y - y },
      );
      node.ui = { ...node.ui, ...roundPoint(at) };
    }
  };
}

/** Two ways to take a node out of runs: handing its inputs on, or giving nothing. */
export type Switch = "bypassed" | "muted";

/** Turns a switch on for all given nodes, or off when all of them have it; the other one goes off. */
export function toggle(ids: readonly string[], name: Switch): GraphEdit {
  const other: Switch = name === "bypassed" ? "muted" : "bypassed";
  return (draft) => {
    const nodes = ids.flatMap((id) => draft.nodes[id] ?? []);
    const isOn = nodes.every((node) => node[name] === true);
    for (const node of nodes) {
      delete node[name];
      delete node[other];
      if (!isOn) node[name] = true;
    }
  };
}

function removeInput(node: Draft<GraphNode>, input: string): void {
  setStops(node, input, []);
  if (node.inputs === undefined) return;
  delete node.inputs[input];
  if (Object.keys(node.inputs).length === 0) delete node.inputs;
}

function roundPoint({ x, y }: Point): { x: number; y: number } {
  return { x: Math.round(x), y: Math.round(y) };
}
