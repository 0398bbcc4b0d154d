import {
  buildNetwork,
  dreamliteUnet,
  parseDreamliteConfig,
  parseQwenConfig,
  parseTinyAutoencoderConfig,
  qwenStates,
  qwenVision,
  tinyDecoder,
  tinyEncoder,
} from "../../packages/models/src/index.ts";
import { readFixture } from "../parity/read-fixture.ts";
import { writeParts } from "./write-parts.fixture.ts";

/** Writes a checkpoint of dreamlite_edits.py in diffusers' layout. @param prefix Of its weights' names in the formula. */
export async function writeDreamlite(folder: string, prefix = ""): Promise<void> {
  const { config } = await readFixture("dreamlite", "edits");
  const { unet, vae, scheduler, text_encoder, processor } = config as Record<
    string,
    Record<string, unknown>
  >;
  const language = parseQwenConfig(text_encoder);
  if (language.vision === undefined) throw new Error("DreamLite's language model reads pictures");
  const [text, deepLayers] = [language.text, language.vision.deepLayers.length];
  const tiny = { vae: parseTinyAutoencoderConfig(vae), imageSize: [16, 16] as const };
  const input = { unet: parseDreamliteConfig(unet), size: [8, 16] as const, textTokens: 1 };
  await writeParts(folder, {
    unet: {
      className: ["diffusers", "DreamLiteUNetModel"],
      config: unet,
      graphs: [buildNetwork(dreamliteUnet, input)],
      prefix,
    },
    vae: {
      className: ["diffusers", "AutoencoderTiny"],
      config: vae,
      graphs: [buildNetwork(tinyEncoder, tiny), buildNetwork(tinyDecoder, tiny)],
      prefix,
    },
    text_encoder: {
      className: ["transformers", "Qwen3VLForConditionalGeneration"],
      config: text_encoder,
      graphs: [
        buildNetwork(qwenStates, { text, deepLayers, states: [text.layers] }),
        buildNetwork(qwenVision, language.vision),
      ],
      prefix,
    },
    scheduler: { className: ["diffusers", "FlowMatchEulerDiscreteScheduler"], config: scheduler },
    processor: { className: ["transformers", "Qwen3VLProcessor"], config: processor },
  });
}
