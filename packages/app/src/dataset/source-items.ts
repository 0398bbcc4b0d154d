import { createHash } from "node:crypto";
import type { OpenedDataset } from "@insightgraph/editing/datasets";
import type { SourceItem } from "./item-runs.ts";
import { digestGraph, type RunOrigin } from "./provenance.ts";
import { seedOf } from "./seed-of.ts";

/** Which part of a source a run takes: the items whose keys fall to part `index` of `count`. */
export interface SourcePart {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** What items are taken from, and what their results depend on besides. */
export interface SourceChoice {
  readonly origin: Pick<RunOrigin, "graph" | "bindings">;
  readonly source: OpenedDataset;
  /** Most items that are looked at, whichever part takes them. @default all */
  readonly limit?: number;
}

/** The number, from 1, of the part that an item falls to. */
export function partOf(key: string, count: number): number {
  return (seedOf(key) % count) + 1;
}

/** Items of the source that a run takes, each with a fingerprint of all that its result depends on. */
export async function* sourceItems(
  { origin, source, limit = Number.POSITIVE_INFINITY }: SourceChoice,
  part?: SourcePart,
): AsyncGenerator<SourceItem> {
  const rest = JSON.stringify([digestGraph(origin.graph), origin.bindings, source.mapping]);
  let looked = 0;
  for await (const item of source.items()) {
    if (looked >= limit) return;
    looked += 1;
    if (part !== undefined && partOf(item.key, part.count) !== part.index) continue;
    const fingerprint = createHash("sha256").update(`${rest} ${item.version}`).digest("hex");
    yield { key: item.key, fingerprint, item };
  }
}
