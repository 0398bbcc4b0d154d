export { type InpaintSettings, inpaintPicture } from "./sampling/inpaint-picture.ts";
export { sampleLatent } from "./sampling/sample-latent.ts";
