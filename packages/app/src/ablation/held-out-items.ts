import { withInput } from "../set-param.ts";
import type { AblationItem } from "./ablation-item.ts";

/** The first held-out scenes, for graphs with a named input `scene`. */
export function heldOutItems(count: number): readonly AblationItem[] {
  return Array.from({ length: count }, (_, scene) => ({
    key: `scene-${scene}`,
    version: "",
    bind: (graph, catalogue) => withInput(graph, catalogue, ["scene", String(scene)]),
  }));
}
