import { type NanodetConfig, nanodet, openFiles } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { createCanvas, paste, type Size } from "../../pictures/canvas.ts";
import type { Picture } from "../../pictures/picture.ts";
import { resample } from "../../pictures/resample.ts";
import {
  type Box,
  type Detection,
  type DetectOptions,
  type Detector,
  suppress,
} from "../detector.ts";
import { type NetworkSession, openNetwork } from "../open-network.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";
import { decodeNanodet } from "./decode.ts";

/** `config.json` of a checkpoint; mean and standard deviation are those of blue, green and red in 0..255. */
interface CheckpointConfig {
  readonly network: NanodetConfig;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly labels: readonly string[];
}

/** Whether a component is a NanoDet. */
export function isNanodet({ className }: CheckpointComponent): boolean {
  return className === "NanoDet";
}

/** A picture in the network's square, and how to get back. */
interface View {
  readonly square: Picture;
  toPicture(box: Box): Box;
}

/** Scales a picture to a size within a square; what is left over is black. */
function viewOf(picture: Picture, side: number, { width, height }: Size): View {
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  const square = createCanvas({ width: side, height: side }, [0, 0, 0]);
  paste(square, resample(picture, { width, height }, "linear"), left, top);
  const across = (x: number): number =>
    Math.min(Math.max(((x - left) / width) * picture.width, 0), picture.width);
  const down = (y: number): number =>
    Math.min(Math.max(((y - top) / height) * picture.height, 0), picture.height);
  return {
    square,
    toPicture: (box) => ({
      left: across(box.left),
      top: down(box.top),
      right: across(box.right),
      bottom: down(box.bottom),
    }),
  };
}

/** A picture scaled to fit the square. */
export function letterbox(picture: Picture, side: number): View {
  const scale = side / Math.max(picture.width, picture.height);
  const fitted = (length: number): number => Math.max(1, Math.round(length * scale));
  return viewOf(picture, side, { width: fitted(picture.width), height: fitted(picture.height) });
}

/** A picture squashed to the square, in which objects of a wide picture are larger. */
const squashed = (picture: Picture, side: number): View =>
  viewOf(picture, side, { width: side, height: side });

/** Shapes: -> [1, 3, S, S], blue, green and red */
function pixelsOf({ data, width, height }: Picture, config: CheckpointConfig): TensorValue {
  const plane = width * height;
  const pixels = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const [mean = 0, std = 1] = [config.mean[channel], config.std[channel]];
    for (let at = 0; at < plane; at++) {
      pixels[channel * plane + at] = ((data[at * 3 + 2 - channel] ?? 0) - mean) / std;
    }
  }
  return { dtype: "float32", shape: [1, 3, height, width], data: pixels };
}

async function detectIn(
  session: NetworkSession,
  { square, toPicture }: View,
  config: CheckpointConfig,
  { threshold, labels: wanted }: DetectOptions,
): Promise<readonly Detection[]> {
  const { network, labels } = config;
  const found = await session.run({ pixels: pixelsOf(square, config) });
  const output = {
    scores: floatsOf(tensorOf(found, "scores")),
    distances: floatsOf(tensorOf(found, "distances")),
  };
  return decodeNanodet(output, { ...network, labels, threshold })
    .filter(({ label }) => wanted?.includes(label) ?? true)
    .map((one) => ({ ...one, box: toPicture(one.box) }));
}

/** Opens a detector over a checkpoint's weights; what is wanted and not found, or a thorough look, takes a squashed view as well. */
export function openNanodet(component: CheckpointComponent): Detector {
  const config = component.config as unknown as CheckpointConfig;
  const { network, labels } = config;
  const source = { digest: component.digest, weights: openFiles(component.files) };
  return {
    labels,
    async detect(opener, picture, options) {
      const session = await openNetwork(opener, source, nanodet, network);
      const found = await detectIn(session, letterbox(picture, network.imageSize), config, options);
      const isEnough = found.length > 0 || options.labels === undefined;
      if (isEnough && options.isThorough !== true) return found;
      const more = await detectIn(session, squashed(picture, network.imageSize), config, options);
      return suppress([...found, ...more]);
    },
  };
}
