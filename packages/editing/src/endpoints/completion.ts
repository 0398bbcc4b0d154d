import { EditingError } from "../errors.ts";
import type { ChatEndpoint } from "./chat-endpoint.ts";
import { readJson } from "./read-json.ts";

/** What answers took. */
export interface ChatUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** By the endpoint's prices. */
  readonly cost: number;
}

/** What a kept answer takes. */
export const noUsage: ChatUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };

/** Adds what two answers took. */
export function sumUsage(a: ChatUsage, b: ChatUsage): ChatUsage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cost: a.cost + b.cost,
  };
}

interface Completion {
  readonly text: string;
  readonly usage: ChatUsage;
}

const countOf = (value: unknown): number => (Number.isFinite(value) ? Number(value) : 0);

/** The text of a message: a text, or parts of which some are texts. */
function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  return content.map((part) => (typeof part?.text === "string" ? part.text : "")).join("");
}

/**
 * Reads what the chat API answers.
 * Throws: endpoint.answer where it is no completion, is cut off, or the model refuses.
 */
export function parseCompletion(endpoint: ChatEndpoint, text: string): Completion {
  const fault = (what: string, hint: string): EditingError =>
    new EditingError("endpoint.answer", what, { at: endpoint.address, hint });
  const { choices, usage } = readJson(endpoint.address, text, "a chat API") ?? {};
  const choice = choices?.[0];
  const said = textOf(choice?.message?.content);
  const refusal = choice?.message?.refusal;
  if (typeof refusal === "string" && refusal !== "") {
    throw fault(`the model refuses: ${refusal.slice(0, 200)}`, "Leave this item out.");
  }
  if (choice?.finish_reason === "length") {
    throw fault("the answer was cut off.", "Raise the most tokens of an answer.");
  }
  if (said === undefined) {
    throw fault(
      `the endpoint answered without a message: ${text.slice(0, 200)}`,
      "Check that the address is that of a chat API, mostly ending in /v1.",
    );
  }
  const inputTokens = countOf(usage?.prompt_tokens);
  const outputTokens = countOf(usage?.completion_tokens);
  const { prices } = endpoint;
  const cost = (inputTokens * prices.input + outputTokens * prices.output) / 1e6;
  return { text: said, usage: { inputTokens, outputTokens, cost } };
}
