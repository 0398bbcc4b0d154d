import type { buildNetwork } from "@insightgraph/models";

const suffix = ".weight";

/** Paths of a network's layers that have a weight matrix, as LoRA files name them. */
export function layersOf({ graph }: Pick<ReturnType<typeof buildNetwork>, "graph">): string[] {
  const keys = [...graph.weights.keys()].filter((key) => key.endsWith(suffix));
  return keys.map((key) => key.slice(0, -suffix.length));
}
