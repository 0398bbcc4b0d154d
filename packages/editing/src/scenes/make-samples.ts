/** Writes the sample pictures, from evaluation scenes: `make-samples.ts FOLDER`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { openSceneComposer } from "../scenes.ts";

const [folder = "graphs/samples"] = process.argv.slice(2);
const side = 256;
const heldOut = { "rabbit-teddy-apple": 291, "bee-tree-penguin": 230, "fox-drum-apple": 142 };

const composer = await openSceneComposer();
await mkdir(folder, { recursive: true });
for (const [name, index] of Object.entries(heldOut)) {
  const { width, height, channels, data } = composer.heldOut(index).source;
  await sharp(data, { raw: { width, height, channels } })
    .resize(side, side, { kernel: "lanczos3" })
    .png({ compressionLevel: 9 })
    .toFile(join(folder, `${name}.png`));
}
