/** Draws a sheet of scenes with their instructions: `contact-sheet.ts OUT.png [train|varied|evaluation|held-out] [first seed]`. */
import sharp, { type OverlayOptions } from "sharp";
import { openSceneComposer, type Scene, sceneSize } from "../scenes.ts";

const [out = "scenes.png", split = "train", first = "0"] = process.argv.slice(2);
const columns = 4;
const cell = { width: 2 * sceneSize + 16, height: sceneSize + 40 };
const composer = await openSceneComposer(split === "varied" ? 1 : 0);
const parts = await Promise.all(Array.from({ length: 24 }, (_, i) => draw(i)));
await sharp({
  create: { width: columns * cell.width, height: 6 * cell.height, channels: 3, background: "#fff" },
})
  .composite(parts.flat())
  .png()
  .toFile(out);

async function draw(i: number): Promise<OverlayOptions[]> {
  const seed = Number(first) + i;
  const scene =
    split === "held-out"
      ? composer.heldOut(seed)
      : composer.compose(seed, split === "evaluation" ? "evaluation" : "train");
  const left = (i % columns) * cell.width;
  const top = Math.floor(i / columns) * cell.height;
  const text = `<svg width="${cell.width}" height="40"><text x="4" y="16" font-size="12">${scene.instruction}</text></svg>`;
  return [
    { input: await encode(scene.source), left, top },
    { input: await encode(scene.target), left: left + sceneSize + 4, top },
    { input: Buffer.from(text), left, top: top + sceneSize },
  ];
}

function encode({ data, width, height }: Scene["source"]): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
