import { entryOf, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { type PortEnd, whyUnfit } from "../document/compatibility.ts";
import { addNode, connect, type Point, setParam } from "../document/edits.ts";
import { createNodeId, idFromType } from "../document/node-id.ts";
import { selectNodes } from "../document/selection.ts";
import type { Editor } from "../editor.ts";
import { graphOf } from "../editor-state.ts";

/**
 * Adds a node and selects it.
 * @param from a port of another node that the new one is linked with, at its first port that fits
 */
export function placeNode(editor: Editor, spec: NodeTypeSpec, at: Point, from?: PortEnd): string {
  const graph = graphOf(editor.store.get());
  const id = createNodeId(idFromType(spec.type), new Set(Object.keys(graph.nodes)));
  const add = addNode(id, spec, at);
  const { catalogue } = editor.store.get();
  const end =
    from === undefined
      ? undefined
      : portsFacing(id, spec, from).find(
          (port) => whyUnfit(produce(graph, add), catalogue, from, port) === undefined,
        );
  editor.edit((draft) => {
    add(draft);
    if (from === undefined || end === undefined) return;
    const [output, input] = from.side === "output" ? [from, end] : [end, from];
    const link = { node: output.node, output: output.port };
    connect(link, { node: input.node, input: input.port })(draft);
  });
  editor.select(selectNodes([id]));
  return id;
}

/** Whether a node of this type could be linked with a port, by port types alone. */
export function couldLink(spec: NodeTypeSpec, side: PortEnd["side"], type: string): boolean {
  const ports = side === "output" ? spec.inputs : spec.outputs;
  return Object.values(ports).some((port) => port.type === type);
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
    editor.tell({ tone: "failed", text: "No node type here opens pictures." });
    return;
  }
  const id = placeNode(editor, spec, at);
  editor.edit(setParam(id, param, path));
}

function pictureParam(spec: NodeTypeSpec | undefined): string | undefined {
  const isPicture = Object.values(spec?.outputs ?? {}).some((port) => port.type === "image");
  if (spec === undefined || !isPicture) return undefined;
  const params = Object.entries(spec.params);
  return params.find(([, param]) => param.kind === "file" && param.purpose === "open")?.[0];
}

function portsFacing(node: string, spec: NodeTypeSpec, from: PortEnd): PortEnd[] {
  const side = from.side === "output" ? "input" : "output";
  const ports = side === "input" ? spec.inputs : spec.outputs;
  return Object.keys(ports).map((port) => ({ node, side, port }));
}
