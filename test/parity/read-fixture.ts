import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { openSession } from "../../packages/engine/src/runtime.ts";
import type { TensorValues } from "../../packages/models/src/index.ts";
import { buildNetwork, type Network } from "../../packages/models/src/networks/define-network.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import {
  type LoweringTarget,
  lowerGraph,
} from "../../packages/models/src/onnx/lower/lower-graph.ts";
import type { StoredTensor, WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";
import {
  toHalfPrecision,
  toSinglePrecision,
} from "../../packages/models/src/weights/half-precision.ts";
import { decodeSafetensors } from "../../packages/models/src/weights/safetensors.ts";
import { formulaWeight } from "./formula-weights.ts";

/** What a reference library computed: see README.md beside this file. */
export interface ParityFixture {
  /** The reference's own config.json. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the test needs besides it. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly weights: WeightMap;
  readonly inputs: TensorValues;
  readonly outputs: TensorValues;
}

const fixtures = new URL("../fixtures/parity/", import.meta.url);

function metadataOf(bytes: Uint8Array): Record<string, string> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return header.__metadata__;
}

function toValue({ dtype, shape, data }: StoredTensor) {
  const { buffer } = data.slice();
  const typed =
    dtype === "int64"
      ? new BigInt64Array(buffer)
      : dtype === "float16"
        ? new Uint16Array(buffer)
        : new Float32Array(buffer);
  return { dtype: dtype as "float32" | "float16" | "int64", shape, data: typed };
}

function under(tensors: WeightMap, prefix: string): readonly (readonly [string, StoredTensor])[] {
  return [...tensors]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, tensor]) => [key.slice(prefix.length), tensor]);
}

/** In single precision, with which the reference computed. */
function widened(weights: WeightMap): WeightMap {
  const widen = (path: string, tensor: StoredTensor): StoredTensor => ({
    dtype: "float32",
    shape: tensor.shape,
    data: new Uint8Array(toSinglePrecision(weights, path).buffer),
  });
  return new Map(
    [...weights].map(([path, tensor]) => [
      path,
      tensor.dtype === "float16" ? widen(path, tensor) : tensor,
    ]),
  );
}

/** Weights that the fixture describes instead of holding them: key -> the formula's name and shape. */
function describedBy(formula: string): WeightMap {
  const described: Readonly<Record<string, readonly [string, readonly number[]]>> =
    JSON.parse(formula);
  const weights = Object.entries(described).map(
    ([key, [name, shape]]) => [key, formulaWeight(name, shape)] as const,
  );
  return toHalfPrecision(new Map(weights));
}

const valuesUnder = (tensors: WeightMap, prefix: string): TensorValues =>
  Object.fromEntries(under(tensors, prefix).map(([key, tensor]) => [key, toValue(tensor)]));

/** Reads `test/fixtures/parity/TOPIC/NAME.safetensors.gz`. */
export async function readFixture(topic: string, name: string): Promise<ParityFixture> {
  const bytes = gunzipSync(await readFile(new URL(`${topic}/${name}.safetensors.gz`, fixtures)));
  const tensors = decodeSafetensors(bytes);
  const metadata = metadataOf(bytes);
  return {
    config: JSON.parse(metadata["config"] ?? "{}"),
    options: JSON.parse(metadata["options"] ?? "{}"),
    weights: widened(
      new Map([...under(tensors, "weights."), ...describedBy(metadata["formula"] ?? "{}")]),
    ),
    inputs: valuesUnder(tensors, "inputs."),
    outputs: valuesUnder(tensors, "outputs."),
  };
}

/** max |found - wanted| / max |wanted|; infinite where lengths differ or a number is none. */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let [worst, largest] = [0, 0];
  for (let at = 0; at < wanted.length; at++) {
    const [a, b] = [found[at] as number, wanted[at] as number];
    if (!Number.isFinite(a - b)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, Math.abs(a - b));
    largest = Math.max(largest, Math.abs(b));
  }
  return worst / largest;
}

/** Runs ONNX bytes on the fixture's inputs; gives the relative error of every expected output. */
export async function errorsOf(
  onnx: Uint8Array,
  { inputs, outputs }: Pick<ParityFixture, "inputs" | "outputs">,
): Promise<Readonly<Record<string, number>>> {
  const session = await openSession(onnx, { threads: 1 });
  const found = await session.run(
    Object.fromEntries(Object.entries(inputs).filter(([name]) => session.inputs.includes(name))),
  );
  await session.close();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [
      name,
      relativeError(Array.from(found[name]?.data ?? [], Number), Array.from(data, Number)),
    ]),
  );
}

/** Builds a network over the fixture's weights, lowers it, runs it, and gives the worst relative error. */
export async function parityError<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  network: Network<Config, Input, Output, Optional>,
  config: Config,
  fixture: ParityFixture,
  prefix = "",
  target: LoweringTarget = { provider: "webgpu" },
): Promise<number> {
  const built = buildNetwork(network, config, prefix);
  const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
  const errors = await errorsOf(emitGraph(graph, outputs, { weights: fixture.weights }), fixture);
  return Math.max(...Object.values(errors));
}

/** What every network is lowered to here, with the relative error that it may have. */
export const parityTargets: readonly (LoweringTarget & { readonly limit: number })[] = [
  { provider: "webgpu", limit: 1e-4 },
  { provider: "cpu", limit: 1e-4 },
  { provider: "cpu", precision: "float16", limit: 2e-2 },
];

/** The same fixture with some of its outputs, by our names for them: ours -> the fixture's. */
export function expecting(
  fixture: ParityFixture,
  names: Readonly<Record<string, string>>,
): ParityFixture {
  const outputs = Object.entries(names).map(([ours, name]) => {
    const value = fixture.outputs[name];
    if (value === undefined) throw new RangeError(`the fixture has no output ${name}`);
    return [ours, value] as const;
  });
  return { ...fixture, outputs: Object.fromEntries(outputs) };
}
