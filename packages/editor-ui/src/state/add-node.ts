import { entryOf, type Link, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { fittingPorts } from "../document/compatibility.ts";
import { addNode, connect, type InputEnd, type Point, setParam } from "../document/edits.ts";
import { type Insertion, insertNode } from "../document/insert.ts";
import { createNodeId, idFromType } from "../document/node-id.ts";
import { givesPictures } from "../document/pictures.ts";
import type { PortEnd } from "../document/port-end.ts";
import { selectNodes } from "../document/selection.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "./editor.ts";
import { graphOf } from "./editor-state.ts";

/**
 * Adds a node and selects it.
 * @param from a port of another node that the new one is linked with, at its first port that fits
 */
export function placeNode(editor: Editor, spec: NodeTypeSpec, at: Point, from?: PortEnd): string {
  const state = editor.store.get();
  const graph = graphOf(state);
  const id = createNodeId(idFromType(spec.type), new Set(Object.keys(graph.nodes)));
  const [port] =
    from === undefined ? [] : (fittingPorts(graph, state.catalogue, from).get(spec.type) ?? []);
  editor.edit((draft) => {
    addNode(id, spec, at)(draft);
    if (from === undefined || port === undefined) return;
    const isOutput = from.side === "output";
    const link = isOutput ? { node: from.node, output: from.port } : { node: id, output: port };
    const end = isOutput ? { node: id, input: port } : { node: from.node, input: from.port };
    connect(link, end)(draft);
  });
  editor.select(selectNodes([id]));
  return id;
}

/** Ends a link at a port or a param of a node. */
export function joinPort(editor: Editor, from: PortEnd, node: string, port: string): void {
  const isOutput = from.side === "output";
  const link = isOutput ? { node: from.node, output: from.port } : { node, output: port };
  const end = isOutput ? { node, input: port } : { node: from.node, input: from.port };
  editor.edit(connect(link, end));
}

/** Adds a node between two ports and selects it. */
export function insertNewNode(
  editor: Editor,
  spec: NodeTypeSpec,
  at: Point,
  { link, end, by }: { readonly link: Link; readonly end: InputEnd; readonly by: Insertion },
): void {
  const graph = graphOf(editor.store.get());
  const id = createNodeId(idFromType(spec.type), new Set(Object.keys(graph.nodes)));
  editor.edit((draft) => {
    addNode(id, spec, at)(draft);
    insertNode(id, link, end, by)(draft);
  });
  editor.select(selectNodes([id]));
}

/** Adds a node that opens the picture at `path`, or gives it to the one selected. */
export function addPictureNode(editor: Editor, path: string, at: Point): void {
  const { catalogue, selection } = editor.store.get();
  const graph = graphOf(editor.store.get());
  const [only] = selection.nodes;
  const selected = only === undefined ? undefined : entryOf(graph.nodes, only);
  const selectedParam = pictureParam(entryOf(catalogue, selected?.type ?? ""));
  if (only !== undefined && selectedParam !== undefined) {
    editor.edit(setParam(only, selectedParam, path));
    return;
  }
  const spec = Object.values(catalogue).find((type) => pictureParam(type) !== undefined);
  const param = pictureParam(spec);
  if (spec === undefined || param === undefined) {
    editor.notify({ tone: "failed", text: words.page.noPictureNode });
    return;
  }
  const id = placeNode(editor, spec, at);
  editor.edit(setParam(id, param, path));
}

/** The param by which a node type opens a picture. */
export function pictureParam(spec: NodeTypeSpec | undefined): string | undefined {
  if (spec === undefined || !givesPictures(spec)) return undefined;
  const params = Object.entries(spec.params);
  return params.find(([, param]) => param.kind === "file" && param.purpose === "open")?.[0];
}
