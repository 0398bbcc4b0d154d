import {
  type CheckpointTokenizer,
  type ClipPixelsConfig,
  parseClipPixelsConfig,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Size } from "../../pictures/canvas.ts";
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
import { tensorOf } from "../tensor.ts";
import { type PhraseText, phraseTexts } from "./phrases.ts";

interface GroundingDino {
  readonly graph: GraphFile;
  readonly tokenizer: CheckpointTokenizer;
  readonly pixels: ClipPixelsConfig;
  /** Length of a picture's shorter side, and most that the longer one takes. */
  readonly sides: { readonly shortest: number; readonly longest: number };
}

/** A size in proportion: the shorter side as long as asked for, unless the longer one would be too long. */
function fitted({ width, height }: Size, { shortest, longest }: GroundingDino["sides"]): Size {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const scale = Math.min(shortest / shorter, longest / longer);
  const length = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: length(width), height: length(height) };
}

async function detectPhrases(
  opener: NetworkOpener,
  model: GroundingDino,
  picture: Picture,
  { ids, phrases }: PhraseText,
  threshold: number,
): Promise<readonly Detection[]> {
  const { width, height } = fitted(picture, model.sides);
  const pixels = { ...model.pixels, resize: [height, width] as const, crop: undefined };
  const found = await runGraph(await openGraph(opener, model.graph), {
    pixel_values: clipPixels(picture, pixels),
    pixel_mask: wholeNumbers(new Array(height * width).fill(1), [1, height, width]),
    input_ids: wholeNumbers(ids, [1, ids.length]),
    token_type_ids: wholeNumbers(new Array(ids.length).fill(0), [1, ids.length]),
    attention_mask: wholeNumbers(new Array(ids.length).fill(1), [1, ids.length]),
  });
  const logits = tensorOf(found, "logits");
  const scores = numbersOf(logits);
  const boxes = numbersOf(tensorOf(found, "pred_boxes"));
  const [, places = 0, tokens = 0] = logits.shape;
  const detections: Detection[] = [];
  for (let place = 0; place < places; place++) {
    const row = scores.subarray(place * tokens, (place + 1) * tokens);
    for (const { phrase, tokens: own } of phrases) {
      const score = sigmoid(Math.max(...own.map((at) => row[at] ?? Number.NEGATIVE_INFINITY)));
      if (score < threshold) continue;
      const box = centredBox(boxes.subarray(4 * place, 4 * place + 4), picture);
      detections.push({ label: phrase, score, box });
    }
  }
  return detections;
}

/**
 * Opens a Grounding DINO as an ONNX export; it finds whatever words name.
 * Throws: checkpoint.part, tokens.file, config.*.
 * Source: Grounding DINO (arXiv:2303.05499).
 */
export async function openGroundingDino(
  component: CheckpointComponent,
  tokenizer: CheckpointComponent | undefined,
  processor: CheckpointComponent | undefined,
): Promise<Detector> {
  const size = { shortest_edge: 800, longest_edge: 1333, ...Object(processor?.config["size"]) };
  const usual = {
    resample: 2,
    image_mean: [0.485, 0.456, 0.406],
    image_std: [0.229, 0.224, 0.225],
  };
  const model: GroundingDino = {
    graph: graphsIn(component, ["model"]).model,
    tokenizer: await openTokenizer(component, tokenizer),
    pixels: parseClipPixelsConfig({ ...usual, ...processor?.config }, processor?.configPath),
    sides: { shortest: size.shortest_edge, longest: size.longest_edge },
  };
  return {
    labels: undefined,
    async detect(opener, picture, options) {
      const found: Detection[] = [];
      for (const text of phraseTexts(requireWords(options), model.tokenizer)) {
        found.push(...(await detectPhrases(opener, model, picture, text, options.threshold)));
      }
      return suppress(found);
    },
  };
}
