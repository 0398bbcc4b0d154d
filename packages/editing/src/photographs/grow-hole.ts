import { boxOfMask } from "../pictures/mask-box.ts";
import type { Mask } from "../pictures/picture.ts";
import { growMask } from "./grow-mask.ts";

/**
 * A mask grown for filling, but not over what is to be left alone.
 * @param share How far it is grown, in shares of the object's longer side.
 */
export function growHole(object: Mask, share: number, avoid: Mask | undefined): Mask {
  const box = boxOfMask(object);
  if (box === undefined) return object;
  const longer = Math.max(box.right - box.left, box.bottom - box.top);
  const grown = growMask(object, Math.round(share * longer));
  const isFree = (at: number): boolean => (avoid?.data[at] ?? 0) === 0 || object.data[at] !== 0;
  return { ...grown, data: grown.data.map((value, at) => (isFree(at) ? value : 0)) };
}
