import { setImmediate } from "node:timers/promises";
import {
  convertWeights,
  type LoweringTarget,
  tensorsToConvert,
  trustFinite,
  type WeightForm,
  type WeightMap,
} from "@insightgraph/models";
import { convertedFolder } from "../checkpoints/converted-weights.ts";
import { requireSpace } from "../checkpoints/require-space.ts";
import { recordSources, sweepConverted } from "../checkpoints/sweep-converted.ts";
import { requireFinite } from "./require-finite.ts";

/** Providers that cast bfloat16 themselves. */
const readsBrain: readonly LoweringTarget["provider"][] = ["cpu", "cuda"];

/** Weights, and in which form they are wanted. */
export interface FittedWeights {
  /** SHA-256 of the checkpoint's content, in hex. */
  readonly digest: string;
  readonly weights: WeightMap;
  readonly inInt8?: boolean;
  /** Whether bfloat16 is converted even where a device casts it. */
  readonly convertsOnce?: boolean;
}

/** Who waits for a conversion. */
export interface ConversionWaiter {
  /** What networks are opened on. @default the CPU in float32 */
  readonly device?: LoweringTarget | undefined;
  readonly signal?: AbortSignal;
  log?(text: string): void;
}

/** The wider type that a device needs in place of bfloat16, if any. */
export function widerForm({
  provider,
  precision = "float32",
}: LoweringTarget): WeightForm | undefined {
  // A cast to half precision would turn what is beyond it to infinity.
  if (precision === "float16") return "float16";
  return readsBrain.includes(provider) ? undefined : precision;
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1)} GB`;

/** Bytes of an element at most, in a form. */
const formBytes: Readonly<Record<WeightForm, number>> = { float16: 2, float32: 4, int8: 1.25 };

/** Bytes that the tensors of these names take in a form. */
function bytesFor(weights: WeightMap, names: readonly string[], form: WeightForm): number {
  const sizes = names.map((name) => (weights.get(name)?.shape ?? []).reduce((n, d) => n * d, 1));
  return sizes.reduce((sum, size) => sum + size * formBytes[form], 0);
}

const filesOf = (weights: WeightMap): readonly string[] => [
  ...new Set([...weights.values()].flatMap(({ span }) => (span === undefined ? [] : [span.file]))),
];

/** Makes room for a conversion, and says what is about to happen. Throws: checkpoint.space. */
async function prepare(
  folder: string,
  bytes: number,
  form: WeightForm,
  log: ConversionWaiter["log"],
): Promise<void> {
  const freed = await sweepConverted();
  if (freed > 0)
    log?.(`Removed converted weights that nothing reads any more: ${inGigabytes(freed)}.`);
  await requireSpace(folder, bytes, "the conversion");
  log?.(`Converting weights to ${form}, once: ${inGigabytes(bytes)} in ${folder}.`);
}

/** The weights with those of a form converted; a conversion that was made before is taken from its files. */
async function converted(
  digest: string,
  weights: WeightMap,
  form: WeightForm,
  { signal, log }: ConversionWaiter,
): Promise<WeightMap> {
  const names = tensorsToConvert(weights, form);
  if (names.length === 0) return weights;
  const folder = convertedFolder(digest, form, names);
  const steps = convertWeights(weights, { form, folder });
  let step = steps.next();
  if (step.done !== true) await prepare(folder, bytesFor(weights, names, form), form, log);
  // A store that can only be read, or is full, is as good for reading.
  await recordSources(folder, filesOf(weights)).catch(() => {});
  while (step.done !== true) {
    await setImmediate();
    signal?.throwIfAborted();
    step = steps.next();
  }
  // They are made of finite numbers.
  trustFinite(step.value);
  return step.value;
}

/**
 * A checkpoint's weights as a device and a reader take them: without bfloat16 where the device has none, and with matrices
 * in 8 bits where they are asked for, and finite where they are large. Both are converted once, beside the checkpoints, and go on where they were cut off.
 * Throws: checkpoint.space, weights.not-finite, weights.unreadable.
 */
export async function fitWeights(
  waiter: ConversionWaiter,
  { digest, weights, inInt8 = false, convertsOnce = false }: FittedWeights,
): Promise<WeightMap> {
  await requireFinite(weights, { digest, signal: waiter.signal });
  const own = convertsOnce ? "float32" : undefined;
  const wider = widerForm(waiter.device ?? { provider: "cpu" }) ?? own;
  const wide = wider === undefined ? weights : await converted(digest, weights, wider, waiter);
  if (!inInt8) return wide;
  const small = await converted(digest, weights, "int8", waiter);
  const count = tensorsToConvert(weights, "int8").length;
  waiter.log?.(
    `${count} matrices are used in 8 bits: what the network gives differs by a few percent, single values by more.`,
  );
  return new Map([...wide, ...[...small].filter(([name]) => !weights.has(name))]);
}
