import {
  type Autoencoder,
  type Bridges,
  type Comprehender,
  type Denoiser,
  type ImageCondition,
  type ImagePrompt,
  type Latent,
  paintLatent,
  type TextEncoder,
} from "@insightgraph/editing/architectures";
import type { Picture } from "@insightgraph/editing/pictures";
import {
  definePort,
  type HashPart,
  type PortLook,
  type Preview,
  type TensorValue,
} from "@insightgraph/engine/node";
import type { SchedulerConfig } from "@insightgraph/models";
import { conditionCodec } from "./codecs/condition-codec.ts";
import { latentCodec } from "./codecs/latent-codec.ts";
import { tensorCodec } from "./codecs/tensor-codec.ts";
import { image } from "./port-types.ts";

function hashTensor({ dtype, shape, data }: TensorValue): readonly HashPart[] {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [`${dtype}[${shape.join(",")}]`, bytes];
}

function showShape({ shape }: TensorValue): Preview {
  return { kind: "shape", text: `[${shape.slice(1).join(", ")}]` };
}

function imagePreview(picture: Picture): Preview | Promise<Preview> {
  return (
    image.preview?.(picture) ?? { kind: "shape", text: `${picture.width} x ${picture.height}` }
  );
}

const tensor = { hash: hashTensor, preview: showShape, store: tensorCodec };

/** States at the [MM] positions, [1, r, d]. */
export const mmTokens = definePort<TensorValue>("mm-tokens", {
  ...tensor,
  look: { role: "mm-tokens", shape: "diamond" },
  shape: ["r", "d"],
});

/** Features that lie on a grid or along patches: vision tokens, v_t. */
export const feature = definePort<TensorValue>("feature", {
  ...tensor,
  look: { role: "feature", shape: "triangle" },
});

/** Text condition f_txt of the denoising network, [1, S, E]. */
export const condition = definePort<TensorValue>("condition", {
  ...tensor,
  look: { role: "condition", shape: "circle" },
  shape: ["s", "e"],
});

/** Image condition f_img with its weight. */
export const imageCondition = definePort<ImageCondition>("condition.image", {
  look: { role: "condition", shape: "circle" },
  shape: ["k", "e"],
  hash: ({ tokens, scale }) => [...hashTensor(tokens), `${scale}`],
  preview: ({ tokens }) => showShape(tokens),
  store: conditionCodec,
});

/** A picture inside the autoencoder, [1, c, h, w]. */
export const latent = definePort<Latent>("latent", {
  look: { role: "latent", shape: "hexagon" },
  shape: ["c", "h", "w"],
  hash: ({ tensor: value }) => hashTensor(value),
  preview: (value) => imagePreview(paintLatent(value)),
  store: latentCodec,
});

const model: { readonly look: PortLook } = { look: { role: "model", shape: "ring" } };

/** Models are identified by the node that loads them: their content is not looked at until they run. */
export const mllm = definePort<Comprehender>("model.mllm", model);
export const bridges = definePort<Bridges>("model.bridges", model);
export const unet = definePort<Denoiser>("model.unet", model);
export const vae = definePort<Autoencoder>("model.vae", model);
export const clipText = definePort<TextEncoder>("model.clip-text", model);
export const ipAdapter = definePort<ImagePrompt>("model.ip-adapter", model);

/** Solver of the diffusion, with its noise. */
export const scheduler = definePort<SchedulerConfig>("scheduler", {
  look: { role: "model", shape: "bar" },
  hash: (config) => JSON.stringify(config),
  preview: ({ sampler, prediction }) => ({ kind: "text", text: `${sampler}, ${prediction}` }),
});
