import path from "node:path";
import { findComponent } from "@insightgraph/editing/checkpoints";
import { EditingError } from "@insightgraph/editing/errors";
import { decodePicture, type Size } from "@insightgraph/editing/pictures";
import { readRegular } from "@insightgraph/engine/cache";
import {
  entryOf,
  type GraphBody,
  type GraphDocument,
  type NodeCatalogue,
  namesHint,
} from "@insightgraph/engine/graph";
import { usageError } from "./parse-arguments.ts";
import { fromCaller, graphsDir } from "./places.ts";
import { inputNames, withInput } from "./set-param.ts";

const folderPrefix = "dir:";
const maxBytes = 1024 ** 3;

/** A folder of a checkpoint is meant from where the person stands. */
export function placedModel(name: string): string {
  if (!name.startsWith(folderPrefix)) return name;
  return folderPrefix + fromCaller(name.slice(folderPrefix.length));
}

/** Graphs by the class of a checkpoint's denoising network, whose part is named `unet` or `transformer`. */
const graphsByClass: Readonly<Record<string, string>> = {
  DreamLiteUNetModel: "dreamlite.json",
  Flux2Transformer2DModel: "flux2-klein.json",
};

async function classOf(checkpoint: string, part: string): Promise<string | undefined> {
  try {
    return (await findComponent(checkpoint, part)).className ?? "";
  } catch (thrown) {
    // Another graph would look for parts that such a checkpoint never has.
    if (thrown instanceof EditingError && thrown.code === "checkpoint.damaged") throw thrown;
    // The run says why a checkpoint cannot be used.
    return undefined;
  }
}

/**
 * The graph file that edits with a checkpoint: by the class of its network; others in diffusers' layout are
 * InstructPix2Pix's, and all others InsightEdit's own.
 * Throws: checkpoint.damaged.
 */
export async function editGraphFor(checkpoint: string | undefined): Promise<string> {
  if (checkpoint === undefined) return path.join(graphsDir, "insightedit.json");
  const denoiser =
    (await classOf(checkpoint, "unet")) ?? (await classOf(checkpoint, "transformer"));
  const own = graphsByClass[denoiser ?? ""];
  const hasTextEncoder = (await classOf(checkpoint, "text_encoder")) !== undefined;
  const usual = hasTextEncoder ? "instruct-pix2pix.json" : "insightedit.json";
  return path.join(graphsDir, own ?? usual);
}

/** A graph that edits a picture, and why it was chosen. */
export interface ChosenGraph {
  readonly file: string;
  readonly reason: string;
}

async function sizeOfPicture(file: string): Promise<Size | undefined> {
  try {
    const bytes = await readRegular(file, maxBytes);
    return (await decodePicture(bytes, { path: file, ground: [0, 0, 0] })).image;
  } catch {
    // The run says why a picture cannot be read.
    return undefined;
  }
}

/** Pixels a side; insightedit-mini draws at 128, and its samples have 256. */
const maxSceneSide = 512;

/**
 * The graph that edits a picture with what ships: insightedit-mini knows small square scenes alone, and photographs are
 * edited by finding, cutting out and filling.
 */
export async function shippedGraphFor(picture: string): Promise<ChosenGraph> {
  const size = await sizeOfPicture(picture);
  if (size === undefined || (size.width === size.height && size.width <= maxSceneSide)) {
    const reason = "the picture is small and square, like the scenes that insightedit-mini knows";
    return { file: path.join(graphsDir, "insightedit.json"), reason };
  }
  const reason =
    "the picture is taken for a photograph: insightedit-mini knows small square scenes";
  return { file: path.join(graphsDir, "edit-photograph.json"), reason };
}

/** Throws: `command.usage` where a graph lacks named inputs or outputs that an edit needs. */
export function requireNames(
  graph: GraphBody,
  file: string,
  needed: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
): void {
  for (const kind of ["inputs", "outputs"] as const) {
    const missing = needed[kind].find((name) => entryOf<unknown>(graph[kind], name) === undefined);
    if (missing === undefined) continue;
    const known = Object.keys(graph[kind] ?? {});
    const what = `"${file}" has no ${kind.slice(0, -1)} "${missing}"`;
    throw usageError(
      what,
      `Name it under "${kind}". ${known.length === 0 ? "" : namesHint(missing, known)}`.trim(),
    );
  }
}

/** Options by name, each with the named input that it sets. */
export type InputOptions = Readonly<Record<string, string>>;

/** Options of an edit. */
export const editOptions: InputOptions = {
  seed: "seed",
  steps: "steps",
  "text-guidance": "textGuidance",
  "image-guidance": "imageGuidance",
  "noise-scale": "noiseScale",
  "image-scale": "imageScale",
};

/** Lines of a usage about the options that an edit has. @param width Where what an option means begins. */
export function editUsage(width: number): string {
  const lines: readonly (readonly [string, string])[] = [
    ["--steps N", "denoising steps"],
    ["--text-guidance X", "pull towards the instruction"],
    ["--image-guidance X", "pull towards the picture"],
    ["--noise-scale X", "scale of the initial noise, 0 to 1: lower values give the average edit"],
    ["--image-scale X", "weight of the image alignment adapter"],
    ["--no-iaa", "leave the image alignment adapter out"],
    ["--set NAME=VALUE", "set any other named input of the graph"],
  ];
  return lines.map(([option, what]) => `  ${option}`.padEnd(width) + what).join("\n");
}

/**
 * The graph with the inputs set that options name.
 * Throws: `command.usage` for an option that the graph has no input for, naming those that it has.
 */
export function withOptions(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  options: InputOptions,
  values: Readonly<Record<string, unknown>>,
): GraphDocument {
  let edited = graph;
  for (const [option, input] of Object.entries(options)) {
    const text = values[option];
    if (typeof text !== "string") continue;
    if (!inputNames(graph).includes(input)) {
      throw usageError(
        `--${option}: the graph has no input "${input}"`,
        `Leave it out. The inputs are ${inputNames(graph).join(", ")}.`,
      );
    }
    edited = withInput(edited, catalogue, [input, text]);
  }
  return edited;
}

const adapterType = "bridging.iaa";

/** The graph with every image alignment adapter bypassed. Throws: `command.usage` where there is none. */
export function withoutAdapter(graph: GraphDocument): GraphDocument {
  let count = 0;
  const bypass = <B extends GraphBody>(body: B): B => {
    const nodes = Object.entries(body.nodes).map(([id, node]) => {
      if (node.type !== adapterType) return [id, node] as const;
      count++;
      return [id, { ...node, bypassed: true }] as const;
    });
    return { ...body, nodes: Object.fromEntries(nodes) };
  };
  const graphs = Object.entries(graph.graphs ?? {}).map(
    ([name, body]) => [name, bypass(body)] as const,
  );
  const edited = { ...bypass(graph), ...(graph.graphs && { graphs: Object.fromEntries(graphs) }) };
  if (count > 0) return edited;
  throw usageError("--no-iaa: the graph has no image alignment adapter", "Leave the option out.");
}
