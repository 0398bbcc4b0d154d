import { heldOutCount } from "@insightgraph/editing/scenes";
import { usageError } from "../parse-arguments.ts";
import { withInput } from "../set-param.ts";
import type { AblationItem } from "./ablation-item.ts";

/** The first held-out scenes, for graphs with a named input `scene`. Throws: `command.usage` for more than there are. */
export function heldOutItems(count: number): readonly AblationItem[] {
  if (count > heldOutCount) {
    throw usageError(`there are ${heldOutCount} held-out scenes, not ${count}`, "Lower --count.");
  }
  return Array.from({ length: count }, (_, scene) => ({
    key: `scene-${scene}`,
    version: "",
    bind: async (graph, catalogue) => withInput(graph, catalogue, ["scene", String(scene)]),
  }));
}
