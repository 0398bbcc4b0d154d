import type { AnyNode } from "@insightgraph/engine/node";
import { imageAlignment } from "./bridging/iaa.ts";
import { ipAdapterBridging } from "./bridging/ip-adapter.ts";
import { queryBridging } from "./bridging/q-former.ts";
import { textBridging } from "./bridging/text.ts";
import { clipTextComprehension } from "./comprehension/clip-text.ts";
import { llavaComprehension } from "./comprehension/llava.ts";
import { mllmComprehension } from "./comprehension/mllm.ts";
import { composeScene } from "./data/compose-scene.ts";
import { evaluateHeldOut } from "./evaluation/held-out.ts";
import { flowFirst } from "./flow/flow-first.ts";
import { flowIf } from "./flow/flow-if.ts";
import { flowSwitch } from "./flow/flow-switch.ts";
import { decode } from "./generation/decode.ts";
import { encode } from "./generation/encode.ts";
import { restoreDetail } from "./generation/restore-detail.ts";
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
import { collectItems } from "./list/collect-items.ts";
import { concatLists } from "./list/concat-lists.ts";
import { crossLists } from "./list/cross-lists.ts";
import { firstItems } from "./list/first-items.ts";
import { joinTexts } from "./list/join-texts.ts";
import { listImages } from "./list/list-images.ts";
import { listLength } from "./list/list-length.ts";
import { listNumbers } from "./list/list-numbers.ts";
import { listOfItems } from "./list/list-of.ts";
import { listRange } from "./list/list-range.ts";
import { listTexts } from "./list/list-texts.ts";
import { pickItem } from "./list/pick-item.ts";
import { repeatItem } from "./list/repeat-item.ts";
import { streamImages } from "./list/stream-images.ts";
import { dilateMask } from "./mask/dilate.ts";
import { featherMask } from "./mask/feather.ts";
import { maskFromImage } from "./mask/from-image.ts";
import { invertMask } from "./mask/invert.ts";
import { resizeMask } from "./mask/resize.ts";
import { thresholdMask } from "./mask/threshold.ts";
import { maskToImage } from "./mask/to-image.ts";
import { bridgesModel } from "./model/bridges.ts";
import { clipTextModel } from "./model/clip-text.ts";
import { insightEditModel } from "./model/insightedit.ts";
import { ipAdapterModel } from "./model/ip-adapter.ts";
import { llavaModel } from "./model/llava.ts";
import { loraModel } from "./model/lora.ts";
import { schedulerModel } from "./model/scheduler.ts";
import { unetModel } from "./model/unet.ts";
import { vaeModel } from "./model/vae.ts";
import { numberBoolean } from "./number/number-boolean.ts";
import { numberCompare } from "./number/number-compare.ts";
import { numberInteger } from "./number/number-integer.ts";
import { numberMath } from "./number/number-math.ts";
import { numberValue } from "./number/number-value.ts";
import { seedValue } from "./seed/seed-value.ts";
import { textFromNumber } from "./text/from-number.ts";
import { saveText } from "./text/save-text.ts";
import { textTemplate } from "./text/text-template.ts";
import { textValue } from "./text/text-value.ts";
import { trainInsightEditNode } from "./train/insightedit.ts";

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
  resizeMask,
  maskToImage,
  textValue,
  textTemplate,
  textFromNumber,
  saveText,
  numberValue,
  numberInteger,
  numberBoolean,
  numberCompare,
  numberMath,
  seedValue,
  insightEditModel,
  unetModel,
  vaeModel,
  clipTextModel,
  llavaModel,
  ipAdapterModel,
  schedulerModel,
  loraModel,
  bridgesModel,
  mllmComprehension,
  clipTextComprehension,
  llavaComprehension,
  textBridging,
  queryBridging,
  imageAlignment,
  ipAdapterBridging,
  encode,
  sample,
  decode,
  restoreDetail,
  composeScene,
  evaluateHeldOut,
  trainInsightEditNode,
  listOfItems,
  listTexts,
  listNumbers,
  listRange,
  listImages,
  repeatItem,
  concatLists,
  crossLists,
  listLength,
  pickItem,
  firstItems,
  joinTexts,
  collectItems,
  streamImages,
  flowIf,
  flowSwitch,
  flowFirst,
];
