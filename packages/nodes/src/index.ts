import type { AnyNode } from "@insightgraph/engine/node";
import { imageAlignment } from "./bridging/iaa.ts";
import { textBridging } from "./bridging/text.ts";
import { mllmComprehension } from "./comprehension/mllm.ts";
import { decode } from "./generation/decode.ts";
import { encode } from "./generation/encode.ts";
import { sample } from "./generation/sample.ts";
import { blendImages } from "./image/blend-images.ts";
import { compareImages } from "./image/compare-images.ts";
import { cropImage } from "./image/crop-image.ts";
import { gridImages } from "./image/grid-images.ts";
import { loadImage } from "./image/load-image.ts";
import { padImage } from "./image/pad-image.ts";
import { previewImage } from "./image/preview-image.ts";
import { resizeImage } from "./image/resize-image.ts";
import { saveImage } from "./image/save-image.ts";
import { dilateMask } from "./mask/dilate.ts";
import { featherMask } from "./mask/feather.ts";
import { maskFromImage } from "./mask/from-image.ts";
import { invertMask } from "./mask/invert.ts";
import { thresholdMask } from "./mask/threshold.ts";
import { insightEditModel } from "./model/insightedit.ts";
import { numberMath } from "./number/number-math.ts";
import { numberValue } from "./number/number-value.ts";
import { seedValue } from "./seed/seed-value.ts";
import { textTemplate } from "./text/text-template.ts";
import { textValue } from "./text/text-value.ts";

/** Every node type of the pack. */
export const nodes: readonly AnyNode[] = [
  loadImage,
  saveImage,
  compareImages,
  previewImage,
  resizeImage,
  cropImage,
  padImage,
  blendImages,
  gridImages,
  maskFromImage,
  thresholdMask,
  dilateMask,
  featherMask,
  invertMask,
  textValue,
  textTemplate,
  numberValue,
  numberMath,
  seedValue,
  insightEditModel,
  mllmComprehension,
  textBridging,
  imageAlignment,
  encode,
  sample,
  decode,
];
