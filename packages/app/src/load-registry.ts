import { createRegistry, type Registry } from "@insightgraph/engine/node";
import type { LoadedNodes } from "./load-nodes.ts";

const noNodes: LoadedNodes = { definitions: [], sources: new Map(), digest: "" };

async function loadOthers(places: readonly string[]): Promise<LoadedNodes> {
  return places.length === 0 ? noNodes : (await import("./load-nodes.ts")).loadNodes(places);
}

/** Node types, and the digest of the code of those from outside the pack. */
export interface LoadedRegistry {
  readonly registry: Registry;
  readonly digest: string;
}

/**
 * All node types that graphs may use. Loading them takes a moment.
 * @param places Files and folders of further definitions, absolute.
 * Throws: what `loadNodes` throws, `registry.duplicate`.
 */
export async function loadRegistry(places: readonly string[] = []): Promise<LoadedRegistry> {
  const { nodes } = await import("@insightgraph/nodes");
  const { definitions, sources, digest } = await loadOthers(places);
  const own = nodes.find(({ type }) => sources.has(type));
  if (own !== undefined) {
    const { clash } = await import("./load-nodes.ts");
    throw clash(own.type, sources.get(own.type) ?? "", "InsightGraph");
  }
  return { registry: createRegistry([...nodes, ...definitions]), digest };
}
