export { blendPictures } from "./pictures/blend-pictures.ts";
export type { Size } from "./pictures/canvas.ts";
export { createCanvas, cut, paste, requireRoom, sizeText } from "./pictures/canvas.ts";
export { decodePicture } from "./pictures/decode-picture.ts";
export { dilateMask } from "./pictures/dilate-mask.ts";
export { encodePng } from "./pictures/encode-png.ts";
export { featherMask } from "./pictures/feather-mask.ts";
export { boxFor, fitInto } from "./pictures/fit-picture.ts";
export { fromGrey, toGrey } from "./pictures/grey-picture.ts";
export { hidePart } from "./pictures/hide-part.ts";
export { joinPictures } from "./pictures/join-pictures.ts";
export { layGrid } from "./pictures/lay-grid.ts";
export {
  type BoxForm,
  boxForms,
  boxOfMask,
  fromBox,
  maskOfBoxes,
  toBox,
} from "./pictures/mask-box.ts";
export { padPicture } from "./pictures/pad-picture.ts";
export { parseColour } from "./pictures/parse-colour.ts";
export type { Mask, Picture } from "./pictures/picture.ts";
export {
  createFolderReader,
  digestPictures,
  type FolderReader,
  picturesIn,
} from "./pictures/picture-folder.ts";
export type { PictureLibrary } from "./pictures/picture-library.ts";
export { pictureLibrary } from "./pictures/picture-library.ts";
export { resizePicture } from "./pictures/planes.ts";
export type { Kernel } from "./pictures/resample.ts";
export { resample } from "./pictures/resample.ts";
export { restoreDetail } from "./pictures/restore-detail.ts";
export {
  decodeRunLength,
  encodeRunLength,
  parseRunLength,
  type RunLengthMask,
  runsOf,
} from "./pictures/run-length.ts";
export { slidingMaximum } from "./pictures/sliding-maximum.ts";
export { pictureSize, smallPictureOf, thumbnailOf } from "./pictures/thumbnail.ts";
