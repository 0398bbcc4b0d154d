import { realpath } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "@insightgraph/engine/cache";
import { EngineError } from "@insightgraph/engine/errors";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { fileParams } from "./graph-files.ts";

const maxManifestBytes = 512 * 1024 ** 2;

async function realPathOf(file: string): Promise<string> {
  const folder = await realpath(path.dirname(file)).catch(() => path.dirname(file));
  return path.join(folder, path.basename(file)).normalize("NFC");
}

/** Whether nothing but a manifest would be lost by writing a manifest here. */
export async function isManifestPlace(file: string): Promise<boolean> {
  try {
    const bytes = await readRegular(file, maxManifestBytes);
    // Loaded where there is a file to read, so that the server starts sooner.
    const { parseManifest } = await import("./manifest.ts");
    parseManifest(Buffer.from(bytes).toString());
    return true;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
  }
}

/**
 * Refuses a manifest that would take the place of another file, before anything runs.
 * @param folder Where relative paths in the graph start.
 * Throws: `graph.same-file`, `file.unwritable`.
 */
export async function checkManifestPlace(
  manifest: string,
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  folder: string,
): Promise<void> {
  const place = await realPathOf(manifest);
  for (const { nodeId, name, purpose, path: file } of fileParams(graph, catalogue)) {
    if (purpose !== "save" || (await realPathOf(path.resolve(folder, file))) !== place) continue;
    throw new EngineError("graph.same-file", `"${manifest}" is the place of the manifest too`, {
      at: { nodeId, path: `params.${name}` },
      hint: "Give the manifest a file of its own with --manifest.",
    });
  }
  if (await isManifestPlace(manifest)) return;
  throw new EngineError("file.unwritable", `"${manifest}" already exists and is not a manifest`, {
    hint: "Choose another name with --manifest.",
  });
}
