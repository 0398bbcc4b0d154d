import {
  bareClipVision,
  type ClipPixelsConfig,
  type ClipVisionConfig,
  clipVisionEmbeds,
  clipVisionFeatures,
  diffusersImageProjection,
  type IpAdapterProjection,
  imagePerceptron,
  imageProjection,
  imageResampler,
  ipAdapterProjection,
  mapKeys,
  openFiles,
  parseClipPixelsConfig,
  parseClipVisionConfig,
  rawIpAdapter,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { unfitArgument } from "../../errors.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { ImagePrompt, ImagePromptTarget } from "../image-prompt.ts";
import { type NetworkOpener, openNetwork, type Weighted } from "../open-network.ts";
import { finiteOutput, type TensorValue } from "../tensor.ts";

/** An IP-Adapter's projection and its CLIP image encoder. */
interface IpAdapter extends Weighted {
  readonly projection: IpAdapterProjection;
  readonly encoder: Weighted & { readonly config: ClipVisionConfig };
  readonly pixels: ClipPixelsConfig;
}

/** Files of an IP-Adapter and its image encoder. */
export interface IpAdapterFiles {
  readonly adapter: CheckpointComponent;
  readonly encoder: CheckpointComponent;
  /** Picture preprocessing. @default squares of the encoder's size */
  readonly processor: CheckpointComponent | undefined;
}

/** Input of the projection: the picture's embedding, or its patch features before the last layer. */
async function encode(
  opener: NetworkOpener,
  { encoder, projection }: IpAdapter,
  pixels: TensorValue,
): Promise<Readonly<Record<string, TensorValue>>> {
  if (projection.kind === "plain") {
    const session = await openNetwork(opener, encoder, clipVisionEmbeds, encoder.config);
    return { embeds: finiteOutput(await session.run({ pixels }), "embeds") };
  }
  const options = { vision: encoder.config, selectLayer: -2, keepClass: true };
  const session = await openNetwork(opener, encoder, clipVisionFeatures, options);
  return { features: finiteOutput(await session.run({ pixels }), "features") };
}

function openProjection(opener: NetworkOpener, adapter: IpAdapter) {
  const { projection } = adapter;
  if (projection.kind === "plain") {
    return openNetwork(opener, adapter, imageProjection, projection.config);
  }
  if (projection.kind === "plus") {
    return openNetwork(opener, adapter, imageResampler, projection.config);
  }
  return openNetwork(opener, adapter, imagePerceptron, projection.config);
}

/** Number of the encoder's tokens, with the class token. */
function tokenCount({ imageSize, patchSize }: ClipVisionConfig): number {
  return Math.floor(imageSize / patchSize) ** 2 + 1;
}

/** Width of a projection's output tokens. */
function tokenWidth({ kind, config }: IpAdapterProjection): number {
  return kind === "plus" ? config.resampler.out : config.width;
}

/** Throws: argument.unfit at `imageEncoder`, for one that the adapter was not trained with. */
function checkEncoder({ kind, config }: IpAdapterProjection, encoder: ClipVisionConfig): void {
  const [what, wanted, given] =
    kind === "plain"
      ? ["embedding is", config.embeds, encoder.projection]
      : ["features are", config.featureWidth, encoder.width];
  if (wanted === given) return;
  throw unfitArgument(
    "imageEncoder",
    `its ${what} ${given} wide, the IP-Adapter reads ${wanted}.`,
    "Use the image encoder that the IP-Adapter was trained with.",
  );
}

/**
 * Opens the headers of an IP-Adapter's and its image encoder's files, and gives a denoiser the image half of its
 * cross-attentions. Throws: weights.*, config.*, argument.unfit at `adapter` for one of another family, at `imageEncoder`
 * for another encoder than the adapter's.
 * Source: IP-Adapter (arXiv:2308.06721), section 3.2.
 */
export function openIpAdapter<Denoiser>(
  { adapter, encoder, processor }: IpAdapterFiles,
  target: ImagePromptTarget<Denoiser>,
): { readonly denoiser: Denoiser; readonly prompt: ImagePrompt } {
  const weights = mapKeys(openFiles(adapter.files), [rawIpAdapter, diffusersImageProjection]);
  const config = parseClipVisionConfig(encoder.config, encoder.configPath);
  const projection = ipAdapterProjection(weights, tokenCount(config));
  checkEncoder(projection, config);
  const width = tokenWidth(projection);
  if (width !== target.tokenWidth) {
    throw unfitArgument(
      "adapter",
      `its tokens are ${width} wide, but the UNet expects ${target.tokenWidth}.`,
      "Use an IP-Adapter that was trained for this family of UNets.",
    );
  }
  const side = config.imageSize;
  const model: IpAdapter = {
    digest: adapter.digest,
    part: "image_proj",
    weights,
    projection,
    pixels: parseClipPixelsConfig(processor?.config ?? { size: side, crop_size: side }),
    encoder: {
      digest: encoder.digest,
      weights: mapKeys(openFiles(encoder.files), [bareClipVision]),
      config,
    },
  };
  return {
    denoiser: target.add({ digest: adapter.digest, weights }),
    prompt: {
      async project(opener, picture) {
        const inputs = await encode(opener, model, clipPixels(picture, model.pixels));
        const session = await openProjection(opener, model);
        return finiteOutput(await session.run(inputs), "image");
      },
    },
  };
}
