/** Writes the sample pictures for users from evaluation scenes: `make-samples.ts FOLDER`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { openSceneComposer, type Scene } from "../scenes.ts";

const [folder = "graphs/samples"] = process.argv.slice(2);
const side = 256;
const heldOut = { "cat-banana-apple": 96, "dog-apple-car": 167 };
/** A scene beside the fixed ones, whose apple is to become a cat, which no training edit does. */
const penguinSeed = 30_221;

const composer = await openSceneComposer();
const penguin = composer.compose(penguinSeed, "evaluation", {
  operations: ["replace"],
  kinds: ["simple"],
});
const samples: readonly (readonly [string, Scene])[] = [
  ["penguin-and-apple", penguin],
  ...Object.entries(heldOut).map(([name, index]) => [name, composer.heldOut(index)] as const),
];
await mkdir(folder, { recursive: true });
for (const [name, { source }] of samples) {
  const { width, height, channels, data } = source;
  await sharp(data, { raw: { width, height, channels } })
    .resize(side, side, { kernel: "lanczos3" })
    .png({ compressionLevel: 9 })
    .toFile(join(folder, `${name}.png`));
}
