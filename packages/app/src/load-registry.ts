import { createRegistry, type Registry } from "@insightgraph/engine/node";

/** Every node type that graphs may use; loading them takes a moment. */
export async function loadRegistry(): Promise<Registry> {
  const { nodes } = await import("@insightgraph/nodes");
  return createRegistry(nodes);
}
