import type { SchedulerConfig } from "@insightgraph/models";
import { type Autoencoder, decodeLatent } from "../architectures/autoencoder.ts";
import type { Denoiser } from "../architectures/denoiser.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { TextEncoder } from "../architectures/text-encoder.ts";
import { unfitArgument } from "../errors.ts";
import { blendPictures } from "../pictures/blend-pictures.ts";
import { cut, cutMask, paste, type Region } from "../pictures/canvas.ts";
import { hidePart } from "../pictures/hide-part.ts";
import { boxOfMask } from "../pictures/mask-box.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { resizePicture } from "../pictures/planes.ts";
import { type InpaintTask, taskPrompts } from "./inpaint-task.ts";
import { type SampleHooks, sampleLatent } from "./sample-latent.ts";

/** The parts of an inpainting checkpoint. */
export interface InpaintParts {
  readonly denoiser: Denoiser;
  readonly autoencoder: Autoencoder;
  readonly textEncoder: TextEncoder;
}

/** What is painted into the mask. */
export interface InpaintSettings {
  /** What a network with learnt tasks is to do. @default "none" */
  readonly task?: InpaintTask;
  /** What is to be seen there; empty where nothing particular is. */
  readonly prompt: string;
  readonly negative: string;
  readonly steps: number;
  readonly guidance: number;
  readonly seed: number;
  /** The part around the mask is scaled down to this many pixels on its longer side. */
  readonly longerSide: number;
  readonly scheduler?: SchedulerConfig | undefined;
}

/** Share of the mask's longer side that is seen around it. */
const surroundings = 0.75;

/** A mask's box with some of its surroundings, so that small objects of large pictures keep their detail. */
function regionAround(mask: Mask): Region {
  const box = boxOfMask(mask);
  if (box === undefined) {
    throw unfitArgument("mask", "the mask is empty.", "Give a mask that is white on the object.");
  }
  const margin = Math.ceil(surroundings * Math.max(box.right - box.left, box.bottom - box.top));
  const left = Math.max(0, box.left - margin);
  const top = Math.max(0, box.top - margin);
  return {
    left,
    top,
    width: Math.min(mask.width, box.right + margin) - left,
    height: Math.min(mask.height, box.bottom + margin) - top,
  };
}

/**
 * Fills a mask with an inpainting network; pixels outside of it stay as they are, bit for bit.
 * Throws: argument.unfit at `mask`, and at `model` for a network that does not fill masks.
 */
export async function inpaintPicture(
  opener: NetworkOpener,
  { denoiser, autoencoder, textEncoder }: InpaintParts,
  picture: Picture,
  mask: Mask,
  settings: InpaintSettings,
  hooks: SampleHooks = {},
): Promise<Picture> {
  if (denoiser.fillsMask?.(autoencoder.latentChannels) !== true) {
    const hint = "Use an inpainting checkpoint, whose UNet has nine input channels.";
    throw unfitArgument("checkpoint", "its network does not fill masks.", hint);
  }
  const region = regionAround(mask);
  const [part, hole] = [cut(picture, region), cutMask(mask, region)];
  const { task = "none", guidance, longerSide, ...sampling } = settings;
  const { prompt, negative } = taskPrompts(task, settings, textEncoder);
  const source = await autoencoder.encode(opener, hidePart(part, hole, "mask"), longerSide);
  const inputs = {
    source,
    mask: hole,
    condition: await textEncoder.encode(opener, prompt),
    negative: await textEncoder.encode(opener, negative),
  };
  const filled = await sampleLatent(
    opener,
    denoiser,
    inputs,
    { ...sampling, textGuidance: guidance },
    hooks,
  );
  const small = await decodeLatent(opener, autoencoder, filled);
  const painted = resizePicture(small, region.width, region.height);
  const edited = { ...picture, data: Uint8Array.from(picture.data) };
  const blended = blendPictures(part, painted, { mask: hole, opacity: 1, mode: "normal" });
  paste(edited, blended, region.left, region.top);
  return edited;
}
