import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { growHole } from "@insightgraph/editing/photographs";
import { inpaintPicture, inpaintTasks } from "@insightgraph/editing/sampling";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

const parts = ["denoiser", "autoencoder", "textEncoder"] as const;

/** Source: Stable Diffusion's inpainting checkpoints, whose UNet reads nine channels. */
export const dataInpaintCheckpoint = defineNode({
  type: "data.inpaint-checkpoint",
  version: 1,
  title: "Inpaint by checkpoint",
  doc: "Fills a mask with an inpainting checkpoint of Stable Diffusion 1.5's kind: removes an object, or puts what a prompt names in its place. All other pixels stay as they are.",
  inputs: {
    image: image("Picture to change."),
    mask: mask("What to fill."),
    avoid: mask.optional("What not to paint over, such as other objects. Omitted: nothing."),
  },
  params: {
    checkpoint: param.text({
      default: "stable-diffusion-inpainting",
      folderPrefix: "dir:",
      doc: "Name of an inpainting checkpoint, or dir: and the absolute path of a folder in diffusers' layout.",
    }),
    task: param.choice({
      options: inpaintTasks,
      default: "none",
      doc: "What PowerPaint is to do: remove what is there, insert what the prompt names, or insert it in the mask's own shape. none: any other checkpoint.",
    }),
    prompt: param.text({
      default: "",
      doc: "What is to be seen in the mask. Empty: what surrounds it.",
    }),
    negative: param.text({ default: "", doc: "What is not to be seen there." }),
    steps: param.integer({ default: 30, min: 1, max: 1000, doc: "Denoising steps." }),
    guidance: param.number({
      default: 7.5,
      min: 0,
      max: 30,
      step: 0.5,
      doc: "Guidance scale of the prompt. 1 turns guidance off.",
    }),
    seed: param.seed({ default: 1, doc: "Seed of the noise." }),
    grow: param.number({
      default: 0.03,
      min: 0,
      max: 0.5,
      step: 0.01,
      doc: "How far the mask is grown, in shares of the object's longer side.",
    }),
    longerSide: param.integer({
      default: 512,
      min: 8,
      max: 4096,
      doc: "The part around the mask is scaled down to this many pixels on its longer side.",
    }),
  },
  outputs: {
    image: image("Picture with the mask filled."),
    mask: mask("Everything that was filled."),
  },
  fingerprint: async ({ checkpoint }) =>
    (await Promise.all(parts.map((part) => partFingerprint(checkpoint, part)))).join(" "),
  async run({ image: picture, mask: object, avoid }, { checkpoint, grow, ...settings }, context) {
    const [denoiser, autoencoder, textEncoder] = await Promise.all([
      openPart(checkpoint, "denoiser"),
      openPart(checkpoint, "autoencoder"),
      openPart(checkpoint, "textEncoder"),
    ]);
    const hole = growHole(object, grow, avoid);
    const { signal } = context;
    const hooks = {
      signal,
      onStep: (done: number, total: number) => context.progress(done, total),
    };
    const opened = { denoiser, autoencoder, textEncoder };
    const edited = await inpaintPicture(context, opened, picture, hole, settings, hooks);
    return { image: edited, mask: hole };
  },
});
