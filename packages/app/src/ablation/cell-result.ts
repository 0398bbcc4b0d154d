import type { Json } from "@insightgraph/engine/graph";

/** What one cell gave for one item. */
export interface CellResult {
  /** By metric; NaN where the graph gave none. */
  readonly scores: Readonly<Record<string, number>>;
  /** Files of the pictures, from the ablation's folder. */
  readonly pictures: Readonly<Record<string, string>>;
  /** Nodes that ran, and nodes whose result was there. */
  readonly executed: number;
  readonly reused: number;
}

/** JSON has no NaN: null stands for it. */
export function toJson({ scores, pictures, executed, reused }: CellResult): Json {
  const finite = Object.entries(scores).map(([name, score]) => {
    return [name, Number.isNaN(score) ? null : score] as const;
  });
  return { scores: Object.fromEntries(finite), pictures, executed, reused };
}

/** What `toJson` made. */
export function fromJson(value: Json): CellResult {
  const kept = value as unknown as Omit<CellResult, "scores"> & {
    readonly scores: Readonly<Record<string, number | null>>;
  };
  const scores = Object.entries(kept.scores).map(([name, score]) => {
    return [name, score ?? Number.NaN] as const;
  });
  return { ...kept, scores: Object.fromEntries(scores) };
}
