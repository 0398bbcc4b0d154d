import { createHash } from "node:crypto";
import {
  bareClipVision,
  type ClipPixelsConfig,
  type ClipVisionConfig,
  diffusersImageProjection,
  type IpAdapterProjection,
  ipAdapterKeys,
  ipAdapterProjection,
  ModelError,
  mapKeys,
  openFiles,
  parseClipPixelsConfig,
  parseClipVisionConfig,
  rawIpAdapter,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/find-component.ts";
import type { Weighted } from "./component.ts";
import type { UnetPart } from "./diffusers-parts.ts";

/** How a picture becomes tokens for the image half of the cross-attentions. */
export interface IpAdapterPart extends Weighted {
  readonly projection: IpAdapterProjection;
  readonly encoder: Weighted & { readonly config: ClipVisionConfig };
  readonly pixels: ClipPixelsConfig;
}

export interface IpAdapterFiles {
  readonly adapter: CheckpointComponent;
  readonly encoder: CheckpointComponent;
  readonly processor: CheckpointComponent | undefined;
}

/** How many tokens the encoder gives, its class token among them. */
function featuresOf({ imageSize, patchSize }: ClipVisionConfig): number {
  return Math.floor(imageSize / patchSize) ** 2 + 1;
}

/** Width of the tokens that a projection gives. */
function widthOf({ kind, config }: IpAdapterProjection): number {
  return kind === "plus" ? config.resampler.out : config.width;
}

/**
 * Opens the headers of an IP-Adapter's and its image encoder's files, and sets its cross-attentions into a UNet.
 * Throws: weights.*, config.*.
 */
export function openIpAdapter(
  { adapter, encoder, processor }: IpAdapterFiles,
  unet: UnetPart,
): { readonly unet: UnetPart; readonly adapter: IpAdapterPart } {
  const weights = mapKeys(openFiles(adapter.files), [rawIpAdapter, diffusersImageProjection]);
  const config = parseClipVisionConfig(encoder.config, encoder.configPath);
  const projection = ipAdapterProjection(weights, featuresOf(config));
  const [width, wanted] = [widthOf(projection), unet.config.crossAttentionDim];
  if (width !== wanted) {
    throw new ModelError("weights.shape", `its tokens are ${width} wide, the UNet's ${wanted}.`, {
      hint: "Take an IP-Adapter that was trained for this family of UNets.",
    });
  }
  const places = ipAdapterKeys(unet.config);
  const added = [...weights].flatMap(([key, tensor]) => {
    const path = places.get(key);
    return path === undefined ? [] : [[path, tensor] as const];
  });
  const both = createHash("sha256").update(`${unet.digest} ${adapter.digest}`).digest("hex");
  const side = config.imageSize;
  const usual = { size: side, crop_size: side };
  return {
    unet: { ...unet, digest: both, weights: new Map([...unet.weights, ...added]) },
    adapter: {
      digest: adapter.digest,
      part: "image_proj",
      weights,
      projection,
      pixels: parseClipPixelsConfig(processor?.config ?? usual),
      encoder: {
        digest: encoder.digest,
        weights: mapKeys(openFiles(encoder.files), [bareClipVision]),
        config,
      },
    },
  };
}
