import {
  entryOf,
  type GraphNode,
  innermostOf,
  type NodeCatalogue,
  type NodeTypeSpec,
} from "@insightgraph/engine/graph";
import { inputNames } from "./input-names.ts";
import type { NodeSize } from "./layout.ts";
import { isPicture } from "./pictures.ts";
import { titleOf, toWords } from "./variant.ts";

/** Sizes of a node in px; the style sheet draws the same ones. */
export const measures = {
  border: 1,
  header: 34,
  row: 22,
  padding: 8,
  field: 44,
  /** At most, with the room above it. */
  picture: 186,
  failure: 180,
} as const;

const narrowest = 200;
const widest = 240;
/** A title may take more room than ports do. */
const widestTitle = 280;
const characterWidth = 7;
/** Beside the names of ports: what lies between them and the edges, and between the two columns. */
const besidePorts = 66;
const titleCharacterWidth = 7.6;

/** Width of a node: as wide as its title and its columns of ports need, within bounds. */
export function nodeWidth(node: GraphNode | undefined, catalogue: NodeCatalogue): number {
  const spec = entryOf(catalogue, node?.type ?? "");
  if (node === undefined || spec === undefined) return widest;
  const widestOf = (names: readonly string[]) => Math.max(0, ...names.map(charactersOf));
  const inputs = widestOf(Object.keys(spec.inputs).map(toWords));
  const outputs = widestOf(
    Object.entries(spec.outputs).map(([name, { shape }]) =>
      shape === undefined ? toWords(name) : `${toWords(name)} [64, 128]`,
    ),
  );
  const title = charactersOf(titleOf(node, catalogue)) * titleCharacterWidth + 104;
  const ports = (inputs + outputs) * characterWidth + besidePorts;
  const wanted = Math.max(narrowest, Math.min(title, widestTitle), Math.min(ports, widest));
  return Math.round(wanted / 4) * 4;
}

/** How long a text is; a Han character is as wide as two others. */
function charactersOf(text: string): number {
  return text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
}

/** Whether a node shows what it gives of a type as a picture. */
function showsPicture(type: string): boolean {
  return isPicture(type) || type === "mask";
}

/** Room a node takes when it shows all it can, for laying out before it is drawn. */
export function nodeSize(node: GraphNode | undefined, catalogue: NodeCatalogue): NodeSize {
  const spec = entryOf(catalogue, node?.type ?? "");
  const inputs = inputNames(node, spec).length;
  const outputs = Object.values(spec?.outputs ?? {});
  const width = nodeWidth(node, catalogue);
  const rows = Math.max(inputs, outputs.length) * measures.row;
  const picture = outputs.some(({ type }) => showsPicture(innermostOf(type)))
    ? measures.picture
    : 0;
  const field = inputs === 0 && Object.keys(spec?.params ?? {}).length > 0 ? measures.field : 0;
  // A type that is not known says so inside the node.
  const failure = spec === undefined ? measures.failure : 0;
  const body = rows + picture + field + failure;
  return { width, height: measures.header + body + measures.padding };
}

/** The settings a node shows on the canvas: those of nodes that begin a graph, one at most. */
export function fieldOnNode(spec: NodeTypeSpec): string | undefined {
  if (Object.keys(spec.inputs).length > 0) return undefined;
  return Object.keys(spec.params)[0];
}
