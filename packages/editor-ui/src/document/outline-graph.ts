import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  type NodeCatalogue,
} from "@insightgraph/engine/graph";
import { words } from "../messages/messages.ts";
import { isPicture } from "./pictures.ts";

/** A node that gives a model which finds outlines. */
export interface Segmenter {
  readonly label: string;
  readonly node: GraphNode;
  readonly output: string;
}

/** The port type of models that find outlines. */
const segmenterType = "model.segmenter";

/**
 * Who can find outlines: each node type that gives such a model by itself, once for each checkpoint that it can load.
 * @param checkpoints Those that are installed and hold such a model.
 */
export function segmentersIn(
  catalogue: NodeCatalogue,
  checkpoints: readonly string[],
): readonly Segmenter[] {
  return Object.values(catalogue).flatMap((spec) => {
    const output = Object.keys(spec.outputs).find(
      (name) => entryOf(spec.outputs, name)?.type === segmenterType,
    );
    if (output === undefined || Object.keys(spec.inputs).length > 0) return [];
    const { type, version, title } = spec;
    if (entryOf(spec.params, "checkpoint") === undefined) {
      return [{ label: title, node: { type, version }, output }];
    }
    return checkpoints.map((checkpoint) => ({
      label: `${title} · ${checkpoint}`,
      node: { type, version, params: { checkpoint } },
      output,
    }));
  });
}

/** Where the outline is read in a run of an outline graph. */
export const outlineEnd = { node: "code", output: "code" } as const;

/** A point, or the corners of a box, in px of the picture. */
export type OutlinePlace = readonly number[];

/**
 * A graph that finds the outline of an object in the picture that a node opens.
 * @param opener A node without inputs.
 * Undefined where the nodes for that are not installed.
 */
export function outlineGraph(
  catalogue: NodeCatalogue,
  opener: GraphNode,
  segmenter: Segmenter,
  place: OutlinePlace,
): GraphDocument | undefined {
  const finder = entryOf(catalogue, "data.segment-at");
  const writer = entryOf(catalogue, "mask.to-run-length");
  const outputs = Object.entries(entryOf(catalogue, opener.type)?.outputs ?? {});
  const picture = outputs.find(([, { type }]) => isPicture(type))?.[0];
  if (finder === undefined || writer === undefined || picture === undefined) return undefined;
  const { type, version, params = {} } = opener;
  return {
    format: "insightgraph",
    version: 1,
    name: words.outlineOf,
    nodes: {
      picture: { type, version, params },
      model: segmenter.node,
      outline: {
        type: finder.type,
        version: finder.version,
        params: { place: place.join(", ") },
        inputs: {
          image: { node: "picture", output: picture },
          model: { node: "model", output: segmenter.output },
        },
      },
      code: {
        type: writer.type,
        version: writer.version,
        params: { form: "plain" },
        inputs: { mask: { node: "outline", output: "mask" } },
      },
    },
    outputs: { code: outlineEnd },
  };
}
