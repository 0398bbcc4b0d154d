import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildNetwork,
  dino,
  lpips,
  parseDinoConfig,
  uniformFrom,
  type WeightMap,
  writeSafetensors,
} from "@insightgraph/models";
import { afterAll, beforeAll } from "vitest";

const checkpoint = (name: string): string =>
  `dir:${fileURLToPath(new URL(`../../../../test/fixtures/checkpoints/${name}`, import.meta.url))}`;

/** Random models that metrics can open. */
export const tinyModels = {
  clip: checkpoint("tiny-clip"),
  clipVision: checkpoint("tiny-clip-vision"),
  dinov2: checkpoint("tiny-dinov2"),
};

type WeightedGraph = Pick<ReturnType<typeof buildNetwork>["graph"], "weights">;

/** Random numbers for the weights of a graph, near those that training would begin with. */
function randomWeights(
  { weights }: WeightedGraph,
  change = (_name: string, value: number) => value,
) {
  const random = uniformFrom(1);
  const tensors = [...weights].map(([name, { tensor, init }]) => {
    const shape = tensor.shape.map(Number);
    const reach = "std" in init ? 1.7 * init.std : 0;
    const mean = "fill" in init ? init.fill : 0;
    const count = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length: count }, () =>
      change(name, mean + reach * (2 * random() - 1)),
    );
    return [name, { dtype: "float32", shape, data: new Uint8Array(data.buffer) }] as const;
  });
  return new Map(tensors);
}

/** A folder with weights and JSON files, there while the tests of a file run. */
function temporaryCheckpoint(
  weights: () => WeightMap,
  files: Readonly<Record<string, object>>,
): { readonly checkpoint: () => string } {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tiny-model-"));
    writeSafetensors(path.join(folder, "model.safetensors"), weights());
    for (const [name, content] of Object.entries(files)) {
      await writeFile(path.join(folder, name), JSON.stringify(content));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));
  return { checkpoint: () => `dir:${folder}` };
}

/** A checkpoint of LPIPS on SqueezeNet with random weights, there while the tests of a file run. */
export function randomLpips(): { readonly checkpoint: () => string } {
  const config = { backbone: "squeeze", width: 64, height: 64 } as const;
  const weights = () =>
    randomWeights(buildNetwork(lpips, config).graph, (name, value) =>
      name.startsWith("lin") ? Math.abs(value) : value,
    );
  return temporaryCheckpoint(weights, { "config.json": { _class_name: "LPIPS", net: "squeeze" } });
}

/** A tiny plain vision transformer with random weights. @param processor How its pictures are prepared. */
export function randomDino(processor: object): { readonly checkpoint: () => string } {
  const sizes = { hidden_size: 12, num_hidden_layers: 2, num_attention_heads: 3 };
  const grid = { intermediate_size: 20, patch_size: 4, image_size: 16 };
  const config = { model_type: "vit", architectures: ["ViTModel"], ...sizes, ...grid };
  const weights = () => randomWeights(buildNetwork(dino, parseDinoConfig(config)).graph);
  const files = { "config.json": config, "preprocessor_config.json": processor };
  return temporaryCheckpoint(weights, files);
}
