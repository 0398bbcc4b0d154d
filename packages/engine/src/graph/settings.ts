import type { NodeTypeSpec } from "./catalogue.ts";
import { entryOf } from "./catalogue.ts";
import type { GraphNode, Json } from "./document.ts";

/** All params of a node in declared order, missing ones at their default. */
export function settingsOf(spec: NodeTypeSpec, node: GraphNode): Record<string, Json> {
  const settings = Object.entries(spec.params).map(([name, { default: preset }]) => {
    const given = entryOf(node.params, name);
    return [name, given === undefined ? preset : given] as const;
  });
  return Object.fromEntries(settings);
}
