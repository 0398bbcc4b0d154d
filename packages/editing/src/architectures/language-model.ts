import { unfitArgument } from "../errors.ts";
import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";
import type { TensorValue } from "./tensor.ts";

/** A message of a talk. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly text: string;
  /** Shown before the text. @default none */
  readonly pictures?: readonly Picture[] | undefined;
}

/** How tokens are chosen, and what ends an answer. */
export interface TokenOptions {
  /** 0: always the likeliest token. */
  readonly temperature: number;
  /** Of the tokens, those are drawn from that are likeliest and together this probable. */
  readonly topP: number;
  readonly seed: number;
  /** The answer ends before the first of these texts. */
  readonly stopTexts: readonly string[];
}

/** Always the likeliest token, up to the model's own end. */
export const likeliestTokens: TokenOptions = { temperature: 0, topP: 1, seed: 0, stopTexts: [] };

/** A text whose states are read, without an answer. */
export interface TextReading {
  /** With all marks of the model's chat, a picture's token at its place; or messages that its template turns into that. */
  readonly text: string | readonly Message[];
  readonly pictures: readonly Picture[];
  /** After which layers the states are taken, side by side; counted from 1, from the end if negative. */
  readonly layers: readonly number[];
  /** The states of so many first tokens are left out. */
  readonly skip: number;
  /** The text is padded or cut to so many tokens. @default neither */
  readonly length?: number | undefined;
}

/** Throws: argument.unfit at `model`, where it reads texts alone. */
export function requireSight({ readsPictures }: Pick<LanguageModel, "readsPictures">): void {
  if (readsPictures) return;
  throw unfitArgument(
    "model",
    "the language model reads texts alone.",
    "Choose a model that reads pictures, such as Qwen3-VL.",
  );
}

/** A network that reads texts, mostly pictures too, and answers. */
export interface LanguageModel {
  readonly readsPictures: boolean;
  /** The same with its matrices in 8 bits. Absent if the network does not support that. */
  inInt8?(): LanguageModel;
  /**
   * The answer to a talk, as it grows: each text is the whole answer so far.
   * Throws: argument.unfit at `messages` or `image`, sampling.not-finite.
   */
  answer(
    opener: NetworkOpener,
    messages: readonly Message[],
    options: TokenOptions & {
      /** The answer is cut off after so many tokens. */
      readonly maxTokens: number;
    },
  ): AsyncGenerator<string>;
  /**
   * States of a text. Shapes: -> [1, S, n D]
   * Throws: argument.unfit at `text` or `image`, sampling.not-finite.
   */
  states(opener: NetworkOpener, reading: TextReading): Promise<TensorValue>;
}
