import {
  entryOf,
  type GraphNode,
  type NodeCatalogue,
  type NodeTypeSpec,
} from "@insightgraph/engine/graph";
import { placeOf } from "../document/boxes.ts";
import { addNode, connect, setParam } from "../document/edits.ts";
import { createNodeId, idFromType } from "../document/node-id.ts";
import { isPicture } from "../document/pictures.ts";
import { selectNodes } from "../document/selection.ts";
import { settingOf } from "../document/variant.ts";
import { pictureParam } from "./add-node.ts";
import type { Editor } from "./editor.ts";
import { graphOf } from "./editor-state.ts";

/** The path of the picture that a node opens; undefined where it opens none. */
export function pictureOf(
  { type, ...node }: GraphNode,
  catalogue: NodeCatalogue,
): string | undefined {
  const spec = entryOf(catalogue, type);
  const name = pictureParam(spec);
  const param = name === undefined ? undefined : entryOf(spec?.params, name);
  if (name === undefined || param === undefined) return undefined;
  const path = settingOf({ type, ...node }, name, param);
  return typeof path === "string" && path !== "" ? path : undefined;
}

/**
 * Adds a node that opens the picture of a mask and one that makes a mask of it, under the node that
 * the mask was painted for. @returns false where no installed node makes masks of pictures
 */
export function addMaskNodes(editor: Editor, id: string, path: string): boolean {
  const { catalogue } = editor.store.get();
  const graph = graphOf(editor.store.get());
  const opener = entryOf(catalogue, entryOf(graph.nodes, id)?.type ?? "");
  const param = pictureParam(opener);
  const converter = Object.values(catalogue).find(makesMasks);
  const output = Object.entries(opener?.outputs ?? {}).find(([, { type }]) => isPicture(type))?.[0];
  const input = Object.keys(converter?.inputs ?? {})[0];
  if (opener === undefined || converter === undefined) return false;
  if (param === undefined || output === undefined || input === undefined) return false;
  const taken = new Set(Object.keys(graph.nodes));
  const file = createNodeId("mask-file", taken);
  const mask = createNodeId(idFromType("mask"), taken);
  const { x, y } = placeOf(graph, id);
  editor.edit((draft) => {
    addNode(file, opener, { x, y: y + 340 })(draft);
    setParam(file, param, path)(draft);
    addNode(mask, converter, { x: x + 280, y: y + 340 })(draft);
    connect({ node: file, output }, { node: mask, input })(draft);
  });
  editor.select(selectNodes([mask]));
  return true;
}

/** Whether a node type turns a picture into a mask and needs nothing else. */
function makesMasks({ inputs, outputs }: NodeTypeSpec): boolean {
  const [one, ...others] = Object.values(inputs);
  return (
    one !== undefined &&
    isPicture(one.type) &&
    others.length === 0 &&
    Object.values(outputs).every(({ type }) => type === "mask")
  );
}
