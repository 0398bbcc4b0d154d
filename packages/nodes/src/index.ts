import type { AnyNode } from "@insightgraph/engine/node";
import { imageAlignment } from "./bridging/iaa.ts";
import { textBridging } from "./bridging/text.ts";
import { mllmComprehension } from "./comprehension/mllm.ts";
import { decode } from "./generation/decode.ts";
import { encode } from "./generation/encode.ts";
import { sample } from "./generation/sample.ts";
import { compareImages } from "./image/compare-images.ts";
import { loadImage } from "./image/load-image.ts";
import { saveImage } from "./image/save-image.ts";
import { insightEditModel } from "./model/insightedit.ts";
import { textValue } from "./text/text-value.ts";

/** Every node type of the pack. */
export const nodes: readonly AnyNode[] = [
  loadImage,
  saveImage,
  compareImages,
  textValue,
  insightEditModel,
  mllmComprehension,
  textBridging,
  imageAlignment,
  encode,
  sample,
  decode,
];
