import {
  type CheckpointTokenizer,
  type ClipPixelsConfig,
  parseClipPixelsConfig,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { createCanvas, paste, type Size } from "../../pictures/canvas.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { Picture } from "../../pictures/picture.ts";
import { centredBox } from "../centred-box.ts";
import { type Detection, type Detector, suppress } from "../detector.ts";
import {
  type GraphFile,
  graphsIn,
  numbersOf,
  openGraph,
  runGraph,
  wholeNumbers,
} from "../open-graph.ts";
import type { NetworkOpener } from "../open-network.ts";
import { openTokenizer } from "../open-tokenizer.ts";
import { requireWords } from "../require-words.ts";
import { sigmoid } from "../sigmoid.ts";
import { type TensorValue, tensorOf } from "../tensor.ts";

/** Tokens of a question; the network was trained on so many. */
const questionLength = 16;
/** OWLv2 makes pictures square with this grey at the right and at the bottom. */
const padding = [128, 128, 128] as const;

interface OwlVit {
  readonly graph: GraphFile;
  readonly tokenizer: CheckpointTokenizer;
  readonly pixels: ClipPixelsConfig;
  readonly isPadded: boolean;
}

function questionsOf(words: readonly string[], { tokenizer }: OwlVit) {
  const texts = words.map((word) => `a photo of a ${word}`);
  const shape = [texts.length, questionLength];
  const masks = texts.flatMap((text) => {
    const length = Math.min(questionLength, tokenizer.encodeWhole(text).length);
    return Array.from({ length: questionLength }, (_, at) => (at < length ? 1 : 0));
  });
  const ids = texts.flatMap((text) => [...tokenizer.encode(text)]);
  const input_ids: TensorValue = { dtype: "int64", shape, data: BigInt64Array.from(ids) };
  return { input_ids, attention_mask: wholeNumbers(masks, shape) };
}

function squared(picture: Picture): Picture {
  const side = Math.max(picture.width, picture.height);
  const square = createCanvas({ width: side, height: side }, padding);
  paste(square, picture, 0, 0);
  return square;
}

async function detectWords(
  opener: NetworkOpener,
  model: OwlVit,
  picture: Picture,
  words: readonly string[],
  threshold: number,
): Promise<readonly Detection[]> {
  const seen: Picture = model.isPadded ? squared(picture) : picture;
  const found = await runGraph(await openGraph(opener, model.graph), {
    pixel_values: clipPixels(seen, model.pixels),
    ...questionsOf(words, model),
  });
  const logits = tensorOf(found, "logits");
  const scores = numbersOf(logits);
  const boxes = numbersOf(tensorOf(found, "pred_boxes"));
  const [, places = 0] = logits.shape;
  const scale: Size = { width: seen.width, height: seen.height };
  const detections: Detection[] = [];
  for (let place = 0; place < places; place++) {
    for (const [at, label] of words.entries()) {
      const score = sigmoid(scores[place * words.length + at] ?? Number.NEGATIVE_INFINITY);
      if (score < threshold) continue;
      const box = centredBox(boxes.subarray(4 * place, 4 * place + 4), picture, scale);
      detections.push({ label, score, box });
    }
  }
  return detections;
}

/**
 * Opens an OWL-ViT or OWLv2 as an ONNX export; it finds whatever words name, with scores that seldom pass 0.3.
 * Throws: checkpoint.part, tokens.file, config.*.
 * Source: OWL-ViT (arXiv:2205.06230), OWLv2 (arXiv:2306.09683).
 */
export async function openOwlVit(
  component: CheckpointComponent,
  tokenizer: CheckpointComponent | undefined,
  processor: CheckpointComponent | undefined,
): Promise<Detector> {
  const isPadded = component.className === "Owlv2ForObjectDetection";
  const side = isPadded ? 960 : 768;
  const usual = { size: { height: side, width: side }, do_center_crop: false };
  const model: OwlVit = {
    graph: graphsIn(component, ["model"]).model,
    tokenizer: await openTokenizer(component, tokenizer, { length: questionLength }),
    pixels: parseClipPixelsConfig({ ...usual, ...processor?.config }, processor?.configPath),
    isPadded,
  };
  return {
    labels: undefined,
    async detect(opener, picture, options) {
      const words = requireWords(options);
      return suppress(await detectWords(opener, model, picture, words, options.threshold));
    },
  };
}
