import { fileURLToPath } from "node:url";

const folder = new URL(
  "../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix",
  import.meta.url,
);

/** A random InstructPix2Pix checkpoint in diffusers' layout, as a node's param names it. */
export const tinyCheckpoint = `dir:${fileURLToPath(folder)}`;
