import { qwenStates, qwenStep, renderChat, uniformFrom } from "@insightgraph/models";
import { unfitArgument } from "../../errors.ts";
import type { LanguageModel, Message, TextReading, TokenOptions } from "../language-model.ts";
import { type NetworkOpener, openNetwork } from "../open-network.ts";
import { finiteOutput, floatsOf, type TensorValue } from "../tensor.ts";
import { chooseToken } from "./choose-token.ts";
import { generateIds, idsTensor } from "./generate-ids.ts";
import type { Qwen } from "./qwen.ts";
import { type ReadText, readText } from "./read-text.ts";
import { refuseMarks } from "./refuse-marks.ts";
import { causalView, tokenPlaces } from "./token-places.ts";

/** A talk with its model's own marks. Throws: argument.unfit at `messages`, tokens.file. */
function chatText(model: Qwen, messages: readonly Message[]): string {
  for (const { text } of messages) refuseMarks(text, "messages");
  const talk = messages.map(({ pictures = [], ...message }) => ({
    ...message,
    pictures: pictures.length,
  }));
  return renderChat(model.files, talk);
}

/** What the network is opened for: with pictures where it has eyes. */
const inputOf = ({ config: { text, vision } }: Qwen) => ({
  text,
  deepLayers: vision?.deepLayers.length,
});

/** The answer so far without a character that is not all there yet, and whether a stop text ended it. */
function shown(text: string, stopTexts: readonly string[]) {
  const whole = text.replace(/\uFFFD+$/, "");
  const ends = stopTexts.filter((stop) => stop !== "").map((stop) => whole.indexOf(stop));
  const found = ends.filter((at) => at >= 0);
  const end = found.length === 0 ? whole.length : Math.min(...found);
  return { text: whole.slice(0, end), isOver: found.length > 0 };
}

async function* answer(
  opener: NetworkOpener,
  model: Qwen,
  messages: readonly Message[],
  { maxTokens, seed, stopTexts, ...choice }: TokenOptions & { readonly maxTokens: number },
): AsyncGenerator<string> {
  const pictures = messages.flatMap((message) => message.pictures ?? []);
  const read = await readText(opener, model, chatText(model, messages), pictures);
  const session = await openNetwork(opener, model, qwenStep, inputOf(model));
  const draw = uniformFrom(seed);
  const { endId, padId, decode } = model.tokenizer;
  const ids: number[] = [];
  const next = generateIds(session, model.config.text, read, (logits) =>
    chooseToken(logits, choice, draw),
  );
  for await (const id of next) {
    if (id === endId || id === padId) return;
    ids.push(id);
    const { text, isOver } = shown(decode(ids), stopTexts);
    yield text;
    if (isOver || ids.length >= maxTokens) return;
  }
}

/** A text padded or cut to a length. */
function padded(read: ReadText, length: number | undefined, padId: number): ReadText {
  if (length === undefined || length === read.ids.length) return read;
  const ids = Array.from({ length }, (_, at) => read.ids[at] ?? padId);
  return { ...read, ids, ...tokenPlaces(ids, -1, []) };
}

async function states(
  opener: NetworkOpener,
  model: Qwen,
  { text, pictures, layers, skip, length }: TextReading,
): Promise<TensorValue> {
  const input = inputOf(model);
  const count = input.text.layers;
  const chosen = layers.map((layer) => (layer < 0 ? count + 1 + layer : layer));
  if (Math.max(...chosen) > count) {
    const what = `states after layer ${Math.max(...chosen)} are wanted, but it has ${count} layers.`;
    throw unfitArgument("model", what, "Load the language model that the editor was trained with.");
  }
  const written = typeof text === "string" ? text : chatText(model, text);
  const whole = await readText(opener, model, written, pictures);
  const words = Math.min(whole.ids.length, length ?? whole.ids.length);
  const { ids, positions, pictures: seen } = padded(whole, length, model.tokenizer.padId);
  const network = { ...input, states: chosen };
  const session = await openNetwork(opener, model, qwenStates, network);
  const mask = causalView(ids.length, words);
  const found = await session.run({ ids: idsTensor(ids), positions, mask, ...seen });
  const value = finiteOutput(found, "states");
  const [, tokens = 0, width = 0] = value.shape;
  const kept = floatsOf(value).slice(skip * width);
  return { dtype: "float32", shape: [1, Math.max(0, tokens - skip), width], data: kept };
}

/** A Qwen as a language model. */
export function qwenLanguageModel(model: Qwen): LanguageModel {
  return {
    readsPictures: model.config.vision !== undefined,
    inInt8: () => qwenLanguageModel({ ...model, inInt8: true }),
    answer: (opener, messages, options) => answer(opener, model, messages, options),
    states: (opener, reading) => states(opener, model, reading),
  };
}
