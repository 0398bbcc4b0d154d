import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildNetwork, lpips, uniformFrom, writeSafetensors } from "@insightgraph/models";
import { afterAll, beforeAll } from "vitest";

const checkpoint = (name: string): string =>
  `dir:${fileURLToPath(new URL(`../../../../test/fixtures/checkpoints/${name}`, import.meta.url))}`;

/** Random models that metrics can open. */
export const tinyModels = {
  clip: checkpoint("tiny-clip"),
  clipVision: checkpoint("tiny-clip-vision"),
  dinov2: checkpoint("tiny-dinov2"),
};

/** A checkpoint of LPIPS on SqueezeNet with random weights, there while the tests of a file run. */
export function randomLpips(): { readonly checkpoint: () => string } {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "lpips-"));
    const config = { backbone: "squeeze", width: 64, height: 64 } as const;
    const { weights } = buildNetwork(lpips, config).graph;
    const random = uniformFrom(1);
    const tensors = [...weights].map(([name, { tensor, init }]) => {
      const shape = tensor.shape.map(Number);
      const reach = "std" in init ? 1.7 * init.std : 0;
      const mean = "fill" in init ? init.fill : 0;
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
        const value = mean + reach * (2 * random() - 1);
        return name.startsWith("lin") ? Math.abs(value) : value;
      });
      return [name, { dtype: "float32", shape, data: new Uint8Array(data.buffer) }] as const;
    });
    writeSafetensors(path.join(folder, "model.safetensors"), new Map(tensors));
    const file = { _class_name: "LPIPS", net: "squeeze" };
    await writeFile(path.join(folder, "config.json"), JSON.stringify(file));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return { checkpoint: () => `dir:${folder}` };
}
