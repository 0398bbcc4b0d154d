import { listCheckpoints } from "@insightgraph/editing/checkpoints";
import type { ServedModel } from "@insightgraph/engine/server";

/** The installed checkpoints, as the server's API lists them. */
export async function listModels(): Promise<readonly ServedModel[]> {
  const found = await listCheckpoints();
  return found.map(({ name, parts, isShipped, manifest, problem }) => ({
    ...{ name, parts, isShipped },
    sizeBytes: Object.values(manifest?.components ?? {}).reduce((sum, { bytes }) => sum + bytes, 0),
    ...(manifest?.licence === undefined ? {} : { licence: manifest.licence }),
    ...(manifest === undefined ? {} : { source: manifest.source }),
    ...(problem === undefined ? {} : { problem }),
  }));
}
