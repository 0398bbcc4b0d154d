import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { encodeSafetensors } from "../../packages/models/src/index.ts";
import type { Graph } from "../../packages/models/src/onnx/graph.ts";
import type { WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";
import { formulaWeights, uniform } from "../parity/formula-weights.ts";

const tokens = fileURLToPath(new URL("../fixtures/parity/qwen-tokens", import.meta.url));

/** A part of a checkpoint: its config and, of a network, the graphs that declare its weights. */
export interface WrittenPart {
  /** As model_index.json names it; diffusers' own configs repeat it. */
  readonly className: readonly [library: "diffusers" | "transformers", name: string];
  readonly config: Readonly<Record<string, unknown>> | undefined;
  readonly graphs?: readonly { readonly graph: Graph }[];
  /** Put before each weight's name in the formula: another one is another checkpoint. @default none */
  readonly prefix?: string;
  /** What no graph declares. */
  readonly further?: WeightMap;
}

const configNames: Readonly<Record<string, string>> = {
  scheduler: "scheduler_config.json",
  processor: "preprocessor_config.json",
};

/** Writes a checkpoint in diffusers' layout, on formula weights, with the Qwen tokenizer among the fixtures. */
export async function writeParts(
  folder: string,
  parts: Readonly<Record<string, WrittenPart>>,
): Promise<void> {
  await cp(tokens, path.join(folder, "tokenizer"), { recursive: true });
  const index: Record<string, readonly string[]> = {
    tokenizer: ["transformers", "Qwen2Tokenizer"],
  };
  for (const [name, part] of Object.entries(parts)) {
    const { className, config = {}, graphs = [], prefix, further = [] } = part;
    index[name] = className;
    const written =
      className[0] === "diffusers" ? { ...config, _class_name: className[1] } : config;
    const inside = path.join(folder, name);
    await mkdir(inside, { recursive: true });
    const file = configNames[name] ?? "config.json";
    await writeFile(path.join(inside, file), JSON.stringify(written));
    if (graphs.length === 0) continue;
    const weights = new Map([
      ...graphs.flatMap(({ graph }) => [...formulaWeights(graph, prefix)]),
      ...further,
    ]);
    await writeFile(path.join(inside, "model.safetensors"), encodeSafetensors(weights));
  }
  await writeFile(path.join(folder, "model_index.json"), JSON.stringify(index));
}

/** A picture of formula pixels. */
export interface FormulaPicture {
  readonly width: number;
  readonly height: number;
  /** Of the formula. @default "picture" */
  readonly name?: string;
}

/** Writes a picture of formula pixels, as the references edit. @returns its file */
export async function writeFormulaPicture(
  folder: string,
  { width, height, name = "picture" }: FormulaPicture,
): Promise<string> {
  const file = path.join(folder, `${name}.png`);
  const pixels = Uint8Array.from(uniform(name, height * width * 3), (u) => (u + 1) * 127.5);
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
  return file;
}
