import type { WeightMap } from "../../onnx/stored-tensor.ts";
import { type KeyMap, renameKeys } from "./key-map.ts";

/** A checkpoint under our names: through the first map that knows its family, or as it is. */
export function mapKeys(weights: WeightMap, maps: readonly KeyMap[]): WeightMap {
  const keys = new Set(weights.keys());
  const map = maps.find((one) => one.matches(keys));
  return map === undefined ? weights : renameKeys(weights, map.rename);
}
