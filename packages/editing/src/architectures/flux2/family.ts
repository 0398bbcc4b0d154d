import type { ModelFamily } from "../family.ts";
import { openFlux2Autoencoder } from "./autoencoder.ts";
import { openFlux2 } from "./denoiser.ts";

/** FLUX.2 [klein], whose texts a Qwen3 reads. Source: FLUX.2 (github.com/black-forest-labs/flux2). */
export const flux2: ModelFamily = {
  name: "FLUX.2 [klein]",
  parts: {
    denoiser: {
      component: "transformer",
      companions: ["scheduler"],
      reads: ({ className }) => className === "Flux2Transformer2DModel",
      open: openFlux2,
    },
    autoencoder: {
      component: "vae",
      reads: ({ className }) => className === "AutoencoderKLFlux2",
      open: openFlux2Autoencoder,
    },
  },
};
