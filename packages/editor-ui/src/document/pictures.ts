import {
  entryOf,
  type GraphDocument,
  type Link,
  type NodeCatalogue,
  type NodeTypeSpec,
  subgraphName,
} from "@insightgraph/engine/graph";
import { nodeOf } from "./edits.ts";
import { makerOf } from "./maker-of.ts";

/** Whether a port type is the one that the page knows by name: what is loaded, edited and compared. */
export function isPicture(type: string): boolean {
  return type === "image";
}

/** Whether a node type gives pictures. */
export function givesPictures(spec: NodeTypeSpec | undefined): boolean {
  return Object.values(spec?.outputs ?? {}).some(({ type }) => isPicture(type));
}

/** Whether a path is called like a picture; a folder or a table has no thumbnail. */
export function isPictureFile(path: string): boolean {
  return /\.(png|jpe?g|webp|gif|avif|tiff?)$/i.test(path);
}

/** Where in a graph the picture before and the picture after the edit come from. */
export interface PicturePair {
  readonly source?: Link;
  readonly result?: Link;
}

/**
 * The two pictures a person wants to compare: what goes into a node with `before` and `after`;
 * else the first picture without inputs and the graph's own output, or its last picture.
 */
export function findPictures(graph: GraphDocument, catalogue: NodeCatalogue): PicturePair {
  for (const node of Object.values(graph.nodes)) {
    const before = entryOf(node.inputs, "before");
    const after = entryOf(node.inputs, "after");
    if (before !== undefined && after !== undefined) return { source: before, result: after };
  }
  const pictures = pictureOutputs(graph, catalogue);
  const isSource = (link: Link) => Object.keys(nodeOf(graph, link.node)?.inputs ?? {}).length === 0;
  const source = pictures.find(isSource);
  const declared = Object.values(graph.outputs ?? {}).find((link) =>
    pictures.some((other) => other.node === link.node && other.output === link.output),
  );
  const result = declared ?? pictures.findLast((link) => !isSource(link));
  return {
    ...(source === undefined ? {} : { source }),
    ...(result === undefined ? {} : { result }),
  };
}

function pictureOutputs(graph: GraphDocument, catalogue: NodeCatalogue): Link[] {
  return Object.entries(graph.nodes).flatMap(([node, { type }]) =>
    outputsOf(graph, catalogue, type)
      .map((output) => ({ node, output }))
      .filter((link) => givesPicture(graph, catalogue, link)),
  );
}

function outputsOf(graph: GraphDocument, catalogue: NodeCatalogue, type: string): string[] {
  const name = subgraphName(type);
  const outputs =
    name === undefined ? entryOf(catalogue, type)?.outputs : entryOf(graph.graphs, name)?.outputs;
  return Object.keys(outputs ?? {});
}

/** Whether a picture leaves an output; that of a subgraph is that of the node inside it. */
function givesPicture(graph: GraphDocument, catalogue: NodeCatalogue, link: Link): boolean {
  const { type, output } = makerOf(graph, link);
  return isPicture(entryOf(entryOf(catalogue, type)?.outputs, output)?.type ?? "");
}
