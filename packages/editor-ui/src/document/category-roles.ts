import {
  type ColourRole,
  lookOf,
  type NodeCatalogue,
  type PortCatalogue,
} from "@insightgraph/engine/graph";

/** Categories in the colour of what their nodes mostly give; those that give nothing coloured are absent. */
export function categoryRoles(
  catalogue: NodeCatalogue,
  portTypes: PortCatalogue,
): ReadonlyMap<string, ColourRole> {
  const counts = new Map<string, Map<ColourRole, number>>();
  for (const { category, outputs } of Object.values(catalogue)) {
    const count = counts.get(category) ?? new Map<ColourRole, number>();
    counts.set(category, count);
    for (const { type } of Object.values(outputs)) {
      const { role } = lookOf(portTypes, type);
      if (role !== "other") count.set(role, (count.get(role) ?? 0) + 1);
    }
  }
  const roles = new Map<string, ColourRole>();
  for (const [category, count] of counts) {
    const [most] = [...count].sort(([, a], [, b]) => b - a);
    if (most !== undefined) roles.set(category, most[0]);
  }
  return roles;
}
