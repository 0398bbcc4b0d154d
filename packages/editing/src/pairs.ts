export { checkPair, type PairCheck, type PairLimits } from "./pairs/check-pair.ts";
export {
  createLikenessTable,
  groupNear,
  type Likeness,
  type LikenessTable,
} from "./pairs/near-groups.ts";
export { type CutOut, pasteObject } from "./pairs/paste-object.ts";
export {
  hashDistance,
  hashPictureFile,
  perceptualHash,
} from "./pairs/perceptual-hash.ts";
export { type EditPair, swapPair } from "./pairs/swap-pair.ts";
