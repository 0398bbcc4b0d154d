import {
  buildNetwork,
  flux2Transformer,
  parseFlux2Config,
  parseFlux2VaeConfig,
  parseQwenConfig,
  qwenStates,
  toSinglePrecision,
  vaeDecoder,
  vaeEncoder,
} from "../../packages/models/src/index.ts";
import { formulaWeight } from "../parity/formula-weights.ts";
import { readFixture } from "../parity/read-fixture.ts";
import { writeParts } from "./write-parts.fixture.ts";

/** Writes the checkpoint of flux2.py in diffusers' layout. */
export async function writeFlux2(folder: string): Promise<void> {
  const { config } = await readFixture("flux2", "edit");
  const { transformer, vae, scheduler, text_encoder } = config as Record<
    string,
    Record<string, unknown>
  >;
  const input = {
    transformer: parseFlux2Config(transformer),
    textTokens: 1,
    size: [1, 1] as const,
    references: [],
  };
  const { vae: sizes } = parseFlux2VaeConfig(vae ?? {});
  const { text } = parseQwenConfig(text_encoder);
  const channels = [4 * sizes.latentChannels];
  const bump = formulaWeight("bn.running_var", channels);
  const variance = toSinglePrecision(new Map([["v", bump]]), "v").map((value) => 1 + value);
  await writeParts(folder, {
    transformer: {
      className: ["diffusers", "Flux2Transformer2DModel"],
      config: transformer,
      graphs: [buildNetwork(flux2Transformer, input)],
    },
    vae: {
      className: ["diffusers", "AutoencoderKLFlux2"],
      config: vae,
      graphs: [
        buildNetwork(vaeEncoder, { vae: sizes, imageSize: [16, 16] }),
        buildNetwork(vaeDecoder, { vae: sizes, latentSize: [4, 4] }),
      ],
      further: new Map([
        ["bn.running_mean", formulaWeight("bn.running_mean", channels)],
        ["bn.running_var", { ...bump, data: new Uint8Array(variance.buffer) }],
      ]),
    },
    text_encoder: {
      className: ["transformers", "Qwen3ForCausalLM"],
      config: text_encoder,
      graphs: [buildNetwork(qwenStates, { text, states: [text.layers] })],
    },
    scheduler: { className: ["diffusers", "FlowMatchEulerDiscreteScheduler"], config: scheduler },
  });
}
