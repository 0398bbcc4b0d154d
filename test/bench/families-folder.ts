import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StoredTensor, WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";
import { convertWeights } from "../../packages/models/src/weights/convert-weights.ts";
import { openFiles } from "../../packages/models/src/weights/open-files.ts";
import { openSafetensors } from "../../packages/models/src/weights/open-safetensors.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../packages/models/src/weights/safetensors.ts";
import { writeSafetensors } from "../../packages/models/src/weights/write-safetensors.ts";
import { uniform } from "../parity/formula-weights.ts";
import type { Model } from "./families-models.ts";

const random = Float32Array.from(uniform("weights", 2 ** 20));

/** The random numbers from another place for each name: ONNX Runtime keeps equal matrices once, and a cache holds them. */
function randomFor(name: string): Float32Array {
  const start = createHash("sha256").update(name).digest().readUInt32LE() % random.length;
  const turned = new Float32Array(random.length);
  turned.set(random.subarray(start));
  turned.set(random.subarray(0, start), random.length - start);
  return turned;
}

/** A small block of random numbers, over and over: how long a product takes does not depend on them. */
function drawn(name: string, shape: readonly number[], dtype: Model["dtype"]): StoredTensor {
  const isVector = shape.length < 2;
  const scale = isVector ? 0.2 : Math.sqrt(3 / shape.slice(1).reduce((n, size) => n * size, 1));
  const centre = isVector && name.endsWith("weight") ? 1 : 0;
  const count = shape.reduce((n, size) => n * size, 1);
  const bytes = count * (dtype === "float32" ? 4 : 2);
  return {
    dtype,
    shape,
    get data() {
      const values = randomFor(name)
        .subarray(0, count)
        .map((value) => value * scale + centre);
      // The upper half of a number is its bfloat16, rounded towards zero.
      const halves = () => Uint16Array.from(new Uint32Array(values.buffer), (bits) => bits >>> 16);
      const block = Buffer.from(dtype === "float32" ? values.buffer : halves().buffer);
      return Buffer.alloc(bytes, block);
    },
  };
}

const fixedInputs: Readonly<Record<string, (count: number) => Float32Array>> = {
  // Which bfloat16 holds as it is.
  timestep: () => Float32Array.of(500),
  pixels: () => Float32Array.of(512, 512),
  mask: (count) => new Float32Array(count).fill(1),
  ids: (count) => Float32Array.from({ length: count }, (_, at) => (7 * at + 3) % 1999),
};

/** Writes a model's config, weights and inputs. */
export function writeModel(
  folder: string,
  model: Model,
  config: Readonly<Record<string, unknown>>,
  promptTokens: number,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
  const inputs = Object.entries(model.inputs(config, promptTokens)).map(
    ([name, shape]): [string, StoredTensor] => {
      const count = shape.reduce((n, size) => n * size, 1);
      const values = fixedInputs[name]?.(count) ?? Float32Array.from(uniform(name, count));
      return [name, { dtype: "float32", shape, data: new Uint8Array(values.buffer) }];
    },
  );
  writeFileSync(path.join(folder, "inputs.safetensors"), encodeSafetensors(new Map(inputs)));
  const weights = Object.entries(model.shapes(config)).map(
    ([name, shape]) => [name, drawn(name, shape, model.dtype)] as const,
  );
  writeSafetensors(path.join(folder, "model.safetensors"), new Map(weights), { format: "pt" });
}

/** Converts what `writeModel` wrote to 8 bits. @returns seconds */
export function convertModel(folder: string): number {
  const started = performance.now();
  const weights = openSafetensors(path.join(folder, "model.safetensors"));
  const steps = convertWeights(weights, { form: "int8", folder: path.join(folder, "int8") });
  while (steps.next().done !== true);
  return (performance.now() - started) / 1000;
}

/** What was converted, beside what was not. */
function inInt8(folder: string, weights: WeightMap): WeightMap {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  return new Map([...weights, ...openFiles(files)]);
}

/** What `writeModel` wrote. @param form As stored, or as `convertModel` made it. */
export function readModel(folder: string, form: "stored" | "int8" = "stored") {
  const config: unknown = JSON.parse(readFileSync(path.join(folder, "config.json"), "utf8"));
  const inputs = decodeSafetensors(readFileSync(path.join(folder, "inputs.safetensors")));
  const stored = openSafetensors(path.join(folder, "model.safetensors"));
  const weights = form === "stored" ? stored : inInt8(path.join(folder, "int8"), stored);
  return { config, inputs, weights };
}
