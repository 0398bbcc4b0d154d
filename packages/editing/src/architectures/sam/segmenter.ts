import { type ClipPixelsConfig, parseClipPixelsConfig } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Size } from "../../pictures/canvas.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { Mask, Picture } from "../../pictures/picture.ts";
import type { Box } from "../detector.ts";
import { type GraphFile, graphsIn, numbersOf, openGraph, runGraph } from "../open-graph.ts";
import type { NetworkOpener } from "../open-network.ts";
import { nothingStandsOut, type Place, type Segmenter } from "../segmenter.ts";
import { type TensorValue, tensorOf } from "../tensor.ts";
import { chooseMask } from "./choose-mask.ts";
import { maskOfLogits } from "./mask-of-logits.ts";
import { boxPrompt, placePrompt } from "./prompt.ts";

const encoder = "vision_encoder";
const decoder = "prompt_encoder_mask_decoder";

interface Sam {
  readonly graphs: Readonly<Record<typeof encoder | typeof decoder, GraphFile>>;
  readonly pixels: ClipPixelsConfig;
  /** Side of the network's square input. */
  readonly side: number;
  /** Whether pictures keep their proportions, padded at the right and at the bottom. */
  readonly isPadded: boolean;
}

function sizeIn({ side, isPadded }: Sam, { width, height }: Size): Size {
  if (!isPadded) return { width: side, height: side };
  const scale = side / Math.max(width, height);
  const length = (from: number): number => Math.max(1, Math.round(from * scale));
  return { width: length(width), height: length(height) };
}

/** Shapes: -> [1, 3, side, side], 0 where there is no picture */
function pixelsOf(model: Sam, picture: Picture): TensorValue {
  const { width, height } = sizeIn(model, picture);
  const resize = [height, width] as const;
  const scaled = clipPixels(picture, { ...model.pixels, resize, crop: undefined });
  if (width === model.side && height === model.side) return scaled;
  const values = numbersOf(scaled);
  const { side } = model;
  const data = new Float32Array(3 * side * side);
  for (let row = 0; row < 3 * height; row++) {
    const [plane, y] = [Math.floor(row / height), row % height];
    data.set(values.subarray(row * width, (row + 1) * width), (plane * side + y) * side);
  }
  return { dtype: "float32", shape: [1, 3, side, side], data };
}

type Features = Promise<Readonly<Record<string, TensorValue>>>;

async function segmentWith(
  opener: NetworkOpener,
  model: Sam,
  features: Awaited<Features>,
  picture: Picture,
  target: Box | Place,
): Promise<Mask> {
  const { side } = model;
  const size = sizeIn(model, picture);
  const across = size.width / picture.width;
  const down = size.height / picture.height;
  const scaled = (box: Box, to: number): Box => ({
    left: box.left * across * to,
    top: box.top * down * to,
    right: box.right * across * to,
    bottom: box.bottom * down * to,
  });
  const session = await openGraph(opener, model.graphs[decoder]);
  const prompt =
    "left" in target
      ? boxPrompt(session.inputs, scaled(target, 1))
      : placePrompt(session.inputs, { x: target.x * across, y: target.y * down });
  const found = await runGraph(session, { ...features, ...prompt });
  const masks = tensorOf(found, "pred_masks");
  const maskSide = masks.shape.at(-1) ?? 0;
  const offered = {
    logits: numbersOf(masks),
    side: maskSide,
    scores: numbersOf(tensorOf(found, "iou_scores")),
  };
  const box = "left" in target ? scaled(target, maskSide / side) : undefined;
  const chosen = chooseMask(offered, box);
  if (chosen === undefined) throw nothingStandsOut(target);
  const share = { width: size.width / side, height: size.height / side };
  return maskOfLogits(chosen, maskSide, picture, share);
}

/**
 * Opens a SAM or SAM 2 as an ONNX export. A picture is encoded once for all of its boxes.
 * Throws: checkpoint.part, config.*.
 * Source: Segment Anything (arXiv:2304.02643), SAM 2 (arXiv:2408.00714).
 */
export function openSam(
  component: CheckpointComponent,
  processor: CheckpointComponent | undefined,
): Segmenter {
  const given = processor?.config ?? {};
  const size: Readonly<Record<string, unknown>> = Object(given["size"]);
  const stated = size["longest_edge"] ?? size["height"];
  const side = typeof stated === "number" ? stated : 1024;
  const model: Sam = {
    graphs: graphsIn(component, [encoder, decoder]),
    pixels: parseClipPixelsConfig(
      { resample: 2, ...given, size: { height: side, width: side } },
      processor?.configPath,
    ),
    side,
    isPadded: size["height"] === undefined,
  };
  const known = new WeakMap<Picture, Features>();
  const segment = async (opener: NetworkOpener, picture: Picture, target: Box | Place) => {
    const encode = async (): Features => {
      const session = await openGraph(opener, model.graphs[encoder]);
      return runGraph(session, { pixel_values: pixelsOf(model, picture) });
    };
    const features = known.get(picture) ?? encode();
    known.set(picture, features);
    return segmentWith(opener, model, await features, picture, target);
  };
  return { segment, segmentAt: segment };
}
