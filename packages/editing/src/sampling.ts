export { sampleLatent } from "./sampling/sample-latent.ts";
