import type { Detection } from "../architectures/detector.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** What a pair shows, with what its instruction is written from. */
export interface EditPair {
  readonly source: Picture;
  readonly target: Picture;
  readonly mask: Mask;
  readonly object: Detection;
  readonly operation: "remove" | "add" | "replace";
  /** Name of what comes instead; empty where nothing does. */
  readonly replacement: string;
}

/** The pair read backwards: an addition is a removal with source and target swapped; a replacement swaps its names. */
export function swapPair({
  source,
  target,
  mask,
  object,
  operation,
  replacement,
}: EditPair): EditPair {
  const swapped = { source: target, target: source, mask, object, replacement };
  if (operation === "remove") return { ...swapped, operation: "add" };
  if (operation === "add") return { ...swapped, operation: "remove" };
  const { label, score, box } = object;
  return {
    ...swapped,
    operation: "replace",
    object: { label: replacement, score, box },
    replacement: label,
  };
}
