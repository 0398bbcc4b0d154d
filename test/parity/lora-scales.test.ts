import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { parseClipTextConfig } from "../../packages/models/src/networks/clip-config.ts";
import { clipText } from "../../packages/models/src/networks/clip-text.ts";
import { buildNetwork, type Network } from "../../packages/models/src/networks/define-network.ts";
import { loraRefine, loraStrength, loraWeights } from "../../packages/models/src/networks/lora.ts";
import { networkSource } from "../../packages/models/src/networks/network-source.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import { unet2dCondition } from "../../packages/models/src/networks/unet-2d-condition.ts";
import { mapKeys } from "../../packages/models/src/weights/key-maps/map-keys.ts";
import { bareClipText } from "../../packages/models/src/weights/key-maps/transformers-clip.ts";
import { parseLora } from "../../packages/models/src/weights/lora.ts";
import {
  openSafetensors,
  readMetadata,
} from "../../packages/models/src/weights/open-safetensors.ts";
import { openWeights } from "../../packages/models/src/weights/open-weights.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

const at = (path: string): string => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const checkpoint = at("checkpoints/tiny-instruct-pix2pix");
const configOf = async (part: string): Promise<object> =>
  JSON.parse(await readFile(`${checkpoint}/${part}/config.json`, "utf8"));

const { inputs, outputs } = await readFixture("lora-scales", "expected");

interface LoraFile {
  readonly weights: string;
  readonly config: unknown;
}

async function fileOf(name: string): Promise<LoraFile> {
  const folder = at(`parity/lora-scales/files/${name}`);
  const config = `${folder}/adapter_config.json`;
  const isPeft = existsSync(config);
  return {
    weights: `${folder}/${isPeft ? "adapter_model" : "pytorch_lora_weights"}.safetensors`,
    config: isPeft ? JSON.parse(await readFile(config, "utf8")) : undefined,
  };
}

/** Largest relative error of a network with the LoRA against what the reference gives. */
async function errorWith<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string,
>(
  network: Network<Config, Input, Output, Optional>,
  config: Config,
  { name, part, output }: { name: string; part: "unet" | "text_encoder"; output: Output },
): Promise<number> {
  const base = mapKeys(openWeights(`${checkpoint}/${part}`).weights, [bareClipText]);
  const { graph } = buildNetwork(network, config);
  const layers = [...graph.weights.keys()].map((key) => key.replace(/\.weight$/, ""));
  const file = await fileOf(name);
  const metadata = readMetadata(file.weights);
  const weights = openSafetensors(file.weights);
  const lora = parseLora(weights, { layers, part, metadata, config: file.config });
  const all = new Map([...base, ...loraWeights([lora])]);
  const source = networkSource(network, config, all, { refine: loraRefine([lora]) });
  const { externalFolder } = source;
  const session = await openSession(source.onnx(), { threads: 1, externalFolder });
  const strength = { dtype: "float32", shape: [], data: Float32Array.of(1) } as const;
  const feeds = Object.entries({ ...inputs, [loraStrength(0)]: strength });
  const found = await session.run(
    Object.fromEntries(feeds.filter(([input]) => session.inputs.includes(input))),
  );
  await session.close();
  const expected = outputs[`${name}.${part === "unet" ? "unet" : "text"}`];
  return relativeError(
    Array.from(found[output]?.data ?? [], Number),
    Array.from(expected?.data ?? [], Number),
  );
}

const unet = {
  unet: { ...parseUnetConfig(await configOf("unet")), sampleSize: [6, 10] as const },
  textTokens: 5,
};
const text = parseClipTextConfig(await configOf("text_encoder"));

describe("a LoRA's scale is the one that diffusers and PEFT use", () => {
  test.each([
    ["peft", "from adapter_config.json"],
    ["peft-patterns", "from patterns of alpha and rank"],
    ["peft-rslora", "over the rank's square root"],
    ["named-header", "from the header of a pipeline's file"],
    ["bare-header", "from the header of a network's file"],
    ["kohya", "from alphas of int64, bfloat16 and float16"],
    ["processor", "1 under the names of attention processors"],
    ["linear-layer", "1 under the names of diffusers' layers"],
  ])("[A2] %s: %s", async (name) => {
    const target = { name, part: "unet", output: "output" } as const;
    expect(await errorWith(unet2dCondition, unet, target)).toBeLessThan(1e-4);
  });

  test.each(["kohya", "linear-layer"])("%s: in a text encoder", async (name) => {
    const target = { name, part: "text_encoder", output: "states" } as const;
    expect(await errorWith(clipText, text, target)).toBeLessThan(1e-4);
  });
});
