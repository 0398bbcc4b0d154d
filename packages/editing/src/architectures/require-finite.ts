import { existsSync, mkdirSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { checkFinite, trustFinite, type WeightMap } from "@insightgraph/models";
import { finiteRecord } from "../checkpoints/converted-weights.ts";

/** Where and when it is recorded that weights are finite. */
export interface FiniteOptions {
  /** SHA-256 of the checkpoint's content, in hex. */
  readonly digest: string;
  /** Smaller weights are read whenever a network is opened. @default 256 MiB */
  readonly leastBytes?: number;
  /** @default the folder of the checkpoints */
  readonly store?: string;
  readonly signal?: AbortSignal | undefined;
}

const bytesOf = (weights: WeightMap): number =>
  [...weights.values()].reduce((sum, { span }) => sum + (span?.length ?? 0), 0);

/**
 * Refuses large weights with numbers that are infinite or none. They are read once and that is recorded beside the
 * checkpoints, since reading gigabytes takes longer than opening them; between two tensors others get their turn.
 * Throws: weights.not-finite, weights.unreadable.
 */
export async function requireFinite(
  weights: WeightMap,
  { digest, leastBytes = 256 * 1024 ** 2, store, signal }: FiniteOptions,
): Promise<void> {
  if (bytesOf(weights) < leastBytes) return;
  const record = finiteRecord(digest, store);
  if (existsSync(record)) {
    trustFinite(weights);
    return;
  }
  for (const name of weights.keys()) {
    await setImmediate();
    signal?.throwIfAborted();
    checkFinite(weights, [name]);
  }
  mkdirSync(record, { recursive: true });
}
