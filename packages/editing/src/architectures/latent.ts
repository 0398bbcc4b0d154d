import type { Picture } from "../pictures/picture.ts";
import { pictureOf } from "../pictures/planes.ts";
import type { TensorValue } from "./tensor.ts";
import { floatsOf } from "./tensor.ts";

/** A linear map from a latent pixel to a square of RGB, accurate enough for previews. */
export interface LatentColours {
  /** Side of the square. */
  readonly patch: number;
  /** [C, 3, patch, patch] */
  readonly weight: Float32Array;
  /** [3] */
  readonly bias: Float32Array;
}

/** Scaling to about unit variance for the denoising network: (latent - shift) * factor. */
export interface LatentScaling {
  readonly factor: number;
  readonly shift: number;
}

/** A picture in an autoencoder's latent space, with what is needed to preview and scale it. */
export interface Latent {
  /** Unscaled, as the autoencoder gives it: [1, C, h, w] */
  readonly tensor: TensorValue;
  readonly colours: LatentColours;
  readonly scaling: LatentScaling;
}

/** Undoes the scaling: from the denoising network's scale to the autoencoder's. */
export function fromUnit({ tensor, colours, scaling }: Latent, data: Float32Array): Latent {
  const { factor, shift } = scaling;
  const isSame = factor === 1 && shift === 0;
  const values = isSame ? data : data.map((value) => value / factor + shift);
  return { tensor: { ...tensor, data: values }, colours, scaling };
}

/** A preview of a latent, without running its decoder. */
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
