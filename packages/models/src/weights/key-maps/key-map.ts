import { ModelError } from "../../errors.ts";
import type { StoredTensor, WeightMap } from "../../onnx/stored-tensor.ts";

/** Where a foreign key belongs; undefined for a tensor that no network of ours reads. */
export type Rename = (key: string) => string | undefined;

/** How one family of checkpoints names its tensors. */
export interface KeyMap {
  readonly name: string;
  /** Whether these keys are of the family. */
  matches(keys: ReadonlySet<string>): boolean;
  readonly rename: Rename;
}

/** A rule of a table: what a key begins with or contains, and what stands there instead. */
export type KeyRule = readonly [RegExp, string | ((...groups: string[]) => string)];

/** Applies the first rule that fits; undefined where none does. */
export function byRules(rules: readonly KeyRule[]): Rename {
  return (key) => {
    for (const [pattern, replacement] of rules) {
      const found = pattern.exec(key);
      if (found === null) continue;
      const text =
        typeof replacement === "string"
          ? replacement.replace(/\$(\d)/g, (_, group) => found[Number(group)] ?? "")
          : replacement(...found.slice(1));
      return key.slice(0, found.index) + text + key.slice(found.index + found[0].length);
    }
    return undefined;
  };
}

/**
 * The tensors under their new keys; those without one are left out. No byte is copied.
 * Throws: weights.header, when two tensors get one key.
 */
export function renameKeys(weights: WeightMap, rename: Rename): WeightMap {
  const renamed = new Map<string, StoredTensor>();
  const from = new Map<string, string>();
  for (const [key, tensor] of weights) {
    const to = rename(key);
    if (to === undefined) continue;
    const other = from.get(to);
    if (other !== undefined) {
      throw new ModelError("weights.header", `"${other}" and "${key}" are the same tensor.`, {
        at: to,
        hint: "The checkpoint mixes two spellings; remove one of them.",
      });
    }
    from.set(to, key);
    renamed.set(to, tensor);
  }
  return renamed;
}
