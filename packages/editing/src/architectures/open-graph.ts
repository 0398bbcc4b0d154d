import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fromHalf } from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/component.ts";
import { readGraphName } from "../checkpoints/plan-graphs.ts";
import { EditingError, unfitArgument } from "../errors.ts";
import type { NetworkOpener, NetworkSession } from "./open-network.ts";
import { type TensorValue, tensorOf } from "./tensor.ts";

/** An ONNX graph of a checkpoint, as exporters write it. */
export interface GraphFile {
  readonly file: string;
  /** As its name ends: "fp16", "quantized", …; "" for single precision. */
  readonly precision: string;
  readonly key: string;
}

/**
 * The ONNX graphs that a checkpoint has to hold, by name.
 * Throws: checkpoint.part.
 * Source: the layout of transformers.js: config.json, preprocessor_config.json, tokenizer.json, onnx/NAME.onnx.
 */
export function graphsIn<Name extends string>(
  { files, folder, digest }: CheckpointComponent,
  names: readonly Name[],
): Readonly<Record<Name, GraphFile>> {
  const found = new Map<string, GraphFile>();
  for (const file of files) {
    const graph = readGraphName(file);
    if (graph === undefined) continue;
    const { name, precision } = graph;
    found.set(name, { file, precision, key: `${digest}/${name}` });
  }
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) {
    const list = missing.map((name) => `${name}.onnx`).join(" and ");
    throw new EditingError("checkpoint.part", `it has no ${list}.`, {
      at: folder,
      hint: "Add its ONNX export, as transformers.js reads it; where a repository has both, with --variant onnx.",
    });
  }
  return Object.fromEntries(found) as Record<Name, GraphFile>;
}

const dataFiles = (file: string): readonly string[] => {
  const first = `${file}_data`;
  const numbered = (at: number): string => (at === 0 ? first : `${first}_${at}`);
  const found: string[] = [];
  while (statSync(numbered(found.length), { throwIfNoEntry: false }) !== undefined) {
    found.push(numbered(found.length));
  }
  return found;
};

/** Opens a graph in whichever process runs it, within the budget of its sessions. Throws: argument.unfit at `model`. */
export async function openGraph(opener: NetworkOpener, graph: GraphFile): Promise<NetworkSession> {
  const { file, key } = graph;
  const beside = dataFiles(file);
  const weightBytes = [file, ...beside].reduce((sum, one) => sum + statSync(one).size, 0);
  const externalFolder = beside.length === 0 ? undefined : path.dirname(file);
  try {
    return await opener.open({ key, weightBytes, externalFolder, onnx: () => readFileSync(file) });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw unfitArgument(
      "model",
      `${path.basename(file)} cannot be opened: ${said}`,
      "Run `insightgraph models verify`, or add the checkpoint in another precision.",
      cause,
    );
  }
}

/** Runs a graph with those of some values that it takes. Throws: argument.unfit at `model` where it takes another one. */
export async function runGraph(
  session: NetworkSession,
  values: Readonly<Record<string, TensorValue>>,
): Promise<Readonly<Record<string, TensorValue>>> {
  const missing = session.inputs.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    throw unfitArgument(
      "model",
      `its graph takes ${missing.join(", ")}, which is not known here.`,
      "Use an export as transformers.js reads it.",
    );
  }
  const feeds = session.inputs.map((name) => [name, tensorOf(values, name)] as const);
  return session.run(Object.fromEntries(feeds));
}

/** The numbers of an output in single precision, whichever the graph has. Throws: TypeError for other types. */
export function numbersOf({ data, dtype }: TensorValue): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array && dtype === "float16") return fromHalf(data);
  throw new TypeError(`expected float32 or float16, got ${dtype}`);
}

/** Whole numbers as a tensor. Shapes: -> shape */
export function wholeNumbers(values: readonly number[], shape: readonly number[]): TensorValue {
  return { dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) };
}
