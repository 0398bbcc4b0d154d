/** Writes the sample pictures for users from held-out scenes: `make-samples.ts FOLDER`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { openSceneComposer } from "../scenes.ts";

const [folder = "graphs/samples"] = process.argv.slice(2);
const side = 256;
const samples = { "cat-banana-apple": 96, "penguin-rocket-grapes": 117, "dog-apple-car": 167 };

const composer = await openSceneComposer();
await mkdir(folder, { recursive: true });
for (const [name, index] of Object.entries(samples)) {
  const { source } = composer.heldOut(index);
  const { width, height, channels, data } = source;
  await sharp(data, { raw: { width, height, channels } })
    .resize(side, side, { kernel: "lanczos3" })
    .png({ compressionLevel: 9 })
    .toFile(join(folder, `${name}.png`));
}
