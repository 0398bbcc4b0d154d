import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener } from "./open-network.ts";

/** What is asked of a model that reads pictures and writes text. */
export interface VisualQuestion {
  readonly system?: string | undefined;
  readonly text: string;
  /** Shown before the text, in this order. @default none */
  readonly pictures?: readonly Picture[] | undefined;
}

/** How an answer is written. */
export interface AnswerOptions {
  /** Ends the answer between two tokens. */
  readonly signal: AbortSignal;
  /** Most tokens of the answer. */
  readonly maxTokens: number;
  /** Called after each token with the answer so far. */
  onText?(text: string): void;
}

/** Reads pictures and writes text. */
export interface VisualChat {
  readonly readsPictures: boolean;
  /** The likeliest answer, token by token. Throws: the signal's reason. */
  answer(opener: NetworkOpener, question: VisualQuestion, options: AnswerOptions): Promise<string>;
}
