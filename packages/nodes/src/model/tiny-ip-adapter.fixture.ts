import { fileURLToPath } from "node:url";

const checkpoint = (name: string): string =>
  `dir:${fileURLToPath(new URL(`../../../../test/fixtures/checkpoints/${name}`, import.meta.url))}`;

/** A random IP-Adapter for the tiny InstructPix2Pix, and the CLIP that it sees with. */
export const tinyIpAdapter = {
  adapter: checkpoint("tiny-ip-adapter"),
  imageEncoder: checkpoint("tiny-clip-vision"),
};
