import type { Picture } from "../pictures/picture.ts";
import { pictureOf } from "../pictures/planes.ts";
import type { TensorValue } from "./tensor.ts";
import { floatsOf } from "./tensor.ts";

/** A linear map from a latent pixel to a square of RGB, good enough to watch a picture come about. */
export interface LatentColours {
  /** Side of the square. */
  readonly patch: number;
  /** [C, 3, patch, patch] */
  readonly weight: Float32Array;
  /** [3] */
  readonly bias: Float32Array;
}

/** What a denoising network sees of a latent: (latent - shift) * factor, of about unit variance. */
export interface LatentScaling {
  readonly factor: number;
  readonly shift: number;
}

/** A picture in an autoencoder's latent space, with what is needed to preview and scale it. */
export interface Latent {
  /** As the autoencoder has it, not scaled: [1, C, h, w] */
  readonly tensor: TensorValue;
  readonly colours: LatentColours;
  readonly scaling: LatentScaling;
}

/** A latent of a denoising network's own scale, as the autoencoder has it. */
export function fromUnit({ tensor, colours, scaling }: Latent, data: Float32Array): Latent {
  const { factor, shift } = scaling;
  const isSame = factor === 1 && shift === 0;
  const values = isSame ? data : data.map((value) => value / factor + shift);
  return { tensor: { ...tensor, data: values }, colours, scaling };
}

/** Paints a latent without its decoder. */
export function paintLatent({ tensor, colours }: Latent): Picture {
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  const { patch, weight, bias } = colours;
  const values = floatsOf(tensor);
  const [wide, high] = [width * patch, height * patch];
  const planes = Float32Array.from({ length: 3 * high * wide }, (_, at) => {
    const [colour, y, x] = [
      Math.floor(at / (high * wide)),
      Math.floor(at / wide) % high,
      at % wide,
    ];
    const cell = Math.floor(y / patch) * width + Math.floor(x / patch);
    const place = (colour * patch + (y % patch)) * patch + (x % patch);
    let sum = bias[colour] ?? 0;
    for (let channel = 0; channel < channels; channel++) {
      const part = weight[channel * 3 * patch * patch + place] ?? 0;
      sum += part * (values[channel * height * width + cell] ?? 0);
    }
    return sum;
  });
  return pictureOf(planes, wide, high);
}
