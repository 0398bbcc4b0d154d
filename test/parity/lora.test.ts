import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { loraRefine, loraStrength, loraWeights } from "../../packages/models/src/networks/lora.ts";
import { networkSource } from "../../packages/models/src/networks/network-source.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import { unet2dCondition } from "../../packages/models/src/networks/unet-2d-condition.ts";
import { parseLora } from "../../packages/models/src/weights/lora.ts";
import { openWeights } from "../../packages/models/src/weights/open-weights.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

const folder = fileURLToPath(
  new URL("../fixtures/checkpoints/tiny-instruct-pix2pix/unet", import.meta.url),
);
const base = openWeights(folder).weights;
const json: unknown = JSON.parse(await readFile(`${folder}/config.json`, "utf8"));
const config = {
  unet: { ...parseUnetConfig(json), sampleSize: [6, 10] as const },
  textTokens: 5,
};
const layers = [...buildNetwork(unet2dCondition, config).graph.weights.keys()]
  .filter((key) => key.endsWith(".weight"))
  .map((key) => key.slice(0, -".weight".length));

const { inputs, outputs } = await readFixture("lora", "peft");

async function open(name: string) {
  const { weights, options } = await readFixture("lora", name);
  const alpha = Number(options["alpha"]);
  const lora = parseLora(weights, { layers, part: "unet", alpha });
  const all = new Map([...base, ...loraWeights([lora])]);
  const source = networkSource(unet2dCondition, config, all, { refine: loraRefine([lora]) });
  const { externalFolder } = source;
  const session = await openSession(source.onnx(), { threads: 1, externalFolder });
  return async (strength: number) => {
    const told = { dtype: "float32", shape: [], data: Float32Array.of(strength) } as const;
    const found = await session.run({ ...inputs, [loraStrength(0)]: told });
    return found["output"]?.data as Float32Array;
  };
}

const wanted = (name: string): Float32Array => outputs[name]?.data as Float32Array;

describe.each(["peft", "kohya"])("a LoRA as %s writes it", (name) => {
  test("[A1] gives what peft gives, at any strength over one session", async () => {
    const run = await open(name);
    expect(relativeError(await run(1), wanted("at-1.0"))).toBeLessThan(1e-4);
    expect(relativeError(await run(0.4), wanted("at-0.4"))).toBeLessThan(1e-4);
    expect(relativeError(await run(0), wanted("base"))).toBeLessThan(1e-4);
    expect(relativeError(await run(1), wanted("base"))).toBeGreaterThan(1e-2);
  });
});
