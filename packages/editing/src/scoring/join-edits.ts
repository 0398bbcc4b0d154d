import { unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { resizePicture } from "../pictures/planes.ts";
import type { EditResult } from "./score-edits.ts";

/** Edits as lists of equal length. */
export interface EditLists {
  readonly source: readonly Picture[];
  readonly target: readonly Picture[];
  /** Not 0 inside the edit. */
  readonly mask: readonly Mask[];
  readonly result: readonly Picture[];
  readonly operation: readonly string[];
  readonly kind: readonly string[];
  /** Perceptual distances of the results to the targets. @default not measured */
  readonly distance?: readonly number[] | undefined;
}

/**
 * Edits one by one; results are resized to their sources.
 * Throws: argument.unfit at the list whose length is not that of the sources, or at the picture of another size.
 */
export function joinEdits(lists: EditLists): EditResult[] {
  const { source: sources, distance } = lists;
  for (const [name, list] of Object.entries(lists)) {
    if (list === undefined || list.length === sources.length) continue;
    const what = `${list.length} items do not fit ${sources.length} sources`;
    throw unfitArgument(name, what, "Connect lists of equal length.");
  }
  return sources.map((source, index) => {
    const at = <T>(name: string, list: readonly T[]): T => {
      const item = list[index];
      if (item === undefined) throw new TypeError(`${name} has no item ${index}`);
      return item;
    };
    const { width, height } = source;
    const isSized = (picture: { width: number; height: number }): boolean =>
      picture.width === width && picture.height === height;
    const target = at("target", lists.target);
    const mask = at("mask", lists.mask);
    for (const [name, picture] of Object.entries({ target, mask })) {
      if (isSized(picture)) continue;
      const what = `item ${index} is ${picture.width} x ${picture.height}, its source ${width} x ${height}`;
      throw unfitArgument(name, what, "Connect pictures and masks of the sources' sizes.");
    }
    return {
      source,
      target,
      mask: mask.data,
      result: resizePicture(at("result", lists.result), width, height),
      operation: at("operation", lists.operation),
      kind: at("kind", lists.kind),
      ...(distance && { distance: at("distance", distance) }),
    };
  });
}
