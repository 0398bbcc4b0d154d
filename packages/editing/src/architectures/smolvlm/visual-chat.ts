import {
  type CheckpointTokenizer,
  type ClipPixelsConfig,
  parseClipPixelsConfig,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { Picture } from "../../pictures/picture.ts";
import {
  type GraphFile,
  graphsIn,
  numbersOf,
  openGraph,
  runGraph,
  wholeNumbers,
} from "../open-graph.ts";
import type { NetworkOpener, NetworkSession } from "../open-network.ts";
import { openTokenizer } from "../open-tokenizer.ts";
import { type TensorValue, tensorOf } from "../tensor.ts";
import type { VisualChat } from "../visual-chat.ts";
import { readSmolVlmConfig, type SmolVlmConfig } from "./config.ts";
import { likeliest, noPast, pastOf } from "./next-token.ts";
import { pictureToken, smolVlmPrompt } from "./prompt.ts";

const graphNames = ["vision_encoder", "embed_tokens", "decoder_model_merged"] as const;

interface SmolVlm {
  readonly graphs: Readonly<Record<(typeof graphNames)[number], GraphFile>>;
  readonly tokenizer: CheckpointTokenizer;
  readonly pixels: ClipPixelsConfig;
  readonly config: SmolVlmConfig;
}

/** Shapes: -> [pictures * tokens, width] */
async function pictureFeatures(
  opener: NetworkOpener,
  { graphs, pixels, config: { imageSize: side } }: SmolVlm,
  pictures: readonly Picture[],
): Promise<Float32Array> {
  const settings = { ...pixels, resize: [side, side] as const, crop: undefined };
  const plane = 3 * side * side;
  const data = new Float32Array(pictures.length * plane);
  for (const [at, picture] of pictures.entries()) {
    data.set(numbersOf(clipPixels(picture, settings)), at * plane);
  }
  const shown = pictures.length * side * side;
  const found = await runGraph(await openGraph(opener, graphs.vision_encoder), {
    pixel_values: { dtype: "float32", shape: [1, pictures.length, 3, side, side], data },
    pixel_attention_mask: {
      dtype: "bool",
      shape: [1, pictures.length, side, side],
      data: new Uint8Array(shown).fill(1),
    },
  });
  return numbersOf(tensorOf(found, "image_features"));
}

async function embed(session: NetworkSession, ids: readonly number[]): Promise<TensorValue> {
  const found = await runGraph(session, { input_ids: wholeNumbers(ids, [1, ids.length]) });
  return tensorOf(found, "inputs_embeds");
}

/** Puts the features of pictures in the places of their tokens. Shapes: states [1, L, width] */
function withPictures(
  states: TensorValue,
  ids: readonly number[],
  imageId: number,
  features: Float32Array,
): TensorValue {
  const width = states.shape.at(-1) ?? 0;
  const data = Float32Array.from(numbersOf(states));
  let next = 0;
  for (const [at, id] of ids.entries()) {
    if (id !== imageId) continue;
    data.set(features.subarray(next, next + width), at * width);
    next += width;
  }
  return { dtype: "float32", shape: states.shape, data };
}

const counting = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => from + at);

function smolVlmChat(model: SmolVlm): VisualChat {
  const { tokenizer, config, graphs } = model;
  const imageId = tokenizer.idOf(pictureToken);
  const endId = tokenizer.idOf("<end_of_utterance>");
  return {
    readsPictures: true,
    async answer(opener, question, { signal, maxTokens, onText }) {
      const pictures = question.pictures ?? [];
      const prompt = tokenizer.encodePiece(smolVlmPrompt(question, config.tokensOfPicture));
      const embedder = await openGraph(opener, graphs.embed_tokens);
      let states = await embed(embedder, prompt);
      if (pictures.length > 0) {
        const features = await pictureFeatures(opener, model, pictures);
        states = withPictures(states, prompt, imageId, features);
      }
      const decoder = await openGraph(opener, graphs.decoder_model_merged);
      let past = noPast(decoder.inputs, config, graphs.decoder_model_merged.precision);
      const answer: number[] = [];
      for (let length = 0; answer.length < maxTokens; ) {
        signal.throwIfAborted();
        const [, added = 1] = states.shape;
        const found = await runGraph(decoder, {
          ...past,
          inputs_embeds: states,
          attention_mask: wholeNumbers(new Array(length + added).fill(1), [1, length + added]),
          position_ids: wholeNumbers(counting(length, added), [1, added]),
        });
        const next = likeliest(tensorOf(found, "logits"));
        if (next === endId) break;
        answer.push(next);
        onText?.(tokenizer.decode(answer).trim());
        length += added;
        past = pastOf(found);
        states = await embed(embedder, [next]);
      }
      return tokenizer.decode(answer).trim();
    },
  };
}

/**
 * Opens a SmolVLM or Idefics 3 as an ONNX export. Each picture is seen once, as a whole.
 * Throws: checkpoint.part, tokens.file, config.*.
 * Source: SmolVLM (arXiv:2504.05299).
 */
export async function openSmolVlm(
  component: CheckpointComponent,
  tokenizer: CheckpointComponent | undefined,
  processor: CheckpointComponent | undefined,
): Promise<VisualChat> {
  const config = readSmolVlmConfig(component);
  const size = { height: config.imageSize, width: config.imageSize };
  const usual = { resample: 1, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
  return smolVlmChat({
    graphs: graphsIn(component, graphNames),
    config,
    pixels: parseClipPixelsConfig({ ...usual, ...processor?.config, size }, processor?.configPath),
    tokenizer: await openTokenizer(component, tokenizer),
  });
}
