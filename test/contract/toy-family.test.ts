import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ModelFamily,
  registerFamily,
  type TensorValue,
} from "../../packages/editing/src/architectures.ts";
import { resizePicture } from "../../packages/editing/src/pictures.ts";
import { callGraph } from "../../packages/engine/src/execute.ts";
import { parseGraph } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import {
  createSampler,
  encodeSafetensors,
  parseScheduler,
  torchNoise,
} from "../../packages/models/src/index.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const side = 4;

/** Latents are the pictures themselves, four pixels a side. */
const toy: ModelFamily = {
  name: "Toy",
  parts: {
    autoencoder: {
      component: "vae",
      reads: ({ className }) => className === "ToyAutoencoder",
      open: () => ({
        latentChannels: 3,
        async encode(_, picture) {
          const { data } = resizePicture(picture, side, side);
          const values = Float32Array.from({ length: data.length }, (_value, at) => {
            const plane = side * side;
            return (data[(at % plane) * 3 + Math.floor(at / plane)] ?? 0) / 127.5 - 1;
          });
          const colours = { patch: 1, weight: new Float32Array(9), bias: new Float32Array(3) };
          const tensor = { dtype: "float32", shape: [1, 3, side, side], data: values } as const;
          return { tensor, colours, scaling: { factor: 1, shift: 0 } };
        },
        decode: async (_, latent) => latent,
      }),
    },
    denoiser: {
      component: "unet",
      reads: ({ className }) => className === "ToyUNet",
      open: () => ({
        readsSource: () => true,
        noise: torchNoise,
        async open(_, { source }, rows, { steps, eta }) {
          const scheduler = parseScheduler({
            _class_name: "DDIMScheduler",
            prediction_type: "sample",
            clip_sample: false,
          });
          const negated = (source.tensor.data as Float32Array).map((value) => -value);
          return {
            sampler: createSampler(scheduler, { steps, eta }),
            predict: async () =>
              Float32Array.from({ length: rows.length * negated.length }, (_value, at) => {
                return negated[at % negated.length] ?? 0;
              }),
          };
        },
      }),
    },
  },
};

let folder = "";
let forget = (): void => {};
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "toy-family-"));
  const weight = { dtype: "float32", shape: [1], data: new Uint8Array(4) } as const;
  for (const [part, name] of [
    ["unet", "ToyUNet"],
    ["vae", "ToyAutoencoder"],
  ] as const) {
    await mkdir(path.join(folder, part));
    await writeFile(path.join(folder, part, "config.json"), JSON.stringify({ _class_name: name }));
    await writeFile(
      path.join(folder, part, "diffusion_pytorch_model.safetensors"),
      encodeSafetensors(new Map([["weight", weight]])),
    );
  }
  forget = registerFamily(toy);
});
afterAll(async () => {
  forget();
  await rm(folder, { recursive: true });
});

const link = (node: string, output: string) => ({ node, output });
const document = (checkpoint: string) => ({
  format: "insightgraph",
  version: 1,
  nodes: {
    unet: { type: "model.unet", version: 1, params: { checkpoint } },
    vae: { type: "model.vae", version: 1, params: { checkpoint } },
    condition: {
      type: "generation.encode",
      version: 1,
      inputs: { image: link("$inputs", "picture"), model: link("vae", "model") },
    },
    sample: {
      type: "generation.sample",
      version: 1,
      params: { steps: 2 },
      inputs: {
        source: link("condition", "latent"),
        condition: link("$inputs", "condition"),
        model: link("unet", "model"),
      },
    },
    decode: {
      type: "generation.decode",
      version: 1,
      inputs: { latent: link("sample", "latent"), model: link("vae", "model") },
    },
  },
  inputs: { picture: { type: "image" }, condition: { type: "condition" } },
  outputs: { picture: link("decode", "image") },
});

const picture = {
  width: side,
  height: side,
  channels: 3,
  data: Uint8Array.from({ length: 3 * side * side }, (_, at) => 5 * at),
} as const;
const condition: TensorValue = { dtype: "float32", shape: [1, 1, 1], data: new Float32Array(1) };
const open = () => Promise.reject(new Error("the toy opens no network"));

test("a family from outside draws through the nodes that every other family uses", async () => {
  const graph = parseGraph(document(`dir:${folder}`));
  const registry = createRegistry(nodes);
  const found = await callGraph(graph, registry, { picture, condition }, { open });
  expect(found["picture"]).toEqual({ ...picture, data: picture.data.map((value) => 255 - value) });
});

test("a family that nobody knows is refused by the name of its class", async () => {
  forget();
  const graph = parseGraph(document(`dir:${folder}`));
  const run = callGraph(graph, createRegistry(nodes), { picture, condition }, { open });
  await expect(run).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.checkpoint" },
    what: expect.stringContaining("no known family reads its Toy"),
  });
  forget = registerFamily(toy);
});
