// (b) `insightgraph edit` with the mini draws on a device what it draws on the CPU. Arguments: device, work folder.
import path from "node:path";
import sharp from "sharp";
import { graphsFolder, runCommand } from "./command.ts";
import { printRow } from "./row.ts";

const [device = "cpu", folder = "."] = process.argv.slice(2);
const picture = path.join(graphsFolder, "samples/bee-tree-penguin.png");

/** Full float32 products: cuBLAS and cuDNN round them to TF32 by default. */
const exact = { NVIDIA_TF32_OVERRIDE: "0" };

async function draw(name: string, options: readonly string[], env = {}): Promise<Uint8Array> {
  const file = path.join(folder, `${name}.png`);
  const asked = ["edit", picture, "remove the tree", "-o", file, "--seed", "1", "--no-cache"];
  runCommand([...asked, ...options], env);
  return new Uint8Array(await sharp(file).raw().toBuffer());
}

/** How far colours are off, of 255: the furthest, and on average. */
function difference(found: Uint8Array, wanted: Uint8Array) {
  const infinite = Number.POSITIVE_INFINITY;
  if (found.length !== wanted.length) return { furthest: infinite, mean: infinite };
  let [furthest, sum] = [0, 0];
  for (const [at, byte] of wanted.entries()) {
    const apart = Math.abs(byte - (found[at] ?? 0));
    furthest = Math.max(furthest, apart);
    sum += apart;
  }
  return { furthest, mean: sum / wanted.length };
}

const wanted = await draw("edit-cpu", ["--device", "cpu"]);
const on = ["--device", device];
const ways = {
  float32: await draw("edit-float32", on, exact),
  "float32 with TF32 products": await draw("edit-tf32", on),
  float16: await draw("edit-float16", [...on, "--precision", "float16"]),
};
for (const [name, found] of Object.entries(ways)) {
  const { furthest, mean } = difference(found, wanted);
  const limit = name === "float32" ? { limit: 2 } : {};
  printRow({ name: `edit, ${name}: furthest`, value: furthest, unit: "of 255", ...limit });
  printRow({ name: `edit, ${name}: mean`, value: mean, unit: "of 255", limit: 0.25 });
}
