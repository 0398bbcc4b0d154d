import { createHash } from "node:crypto";
import type { Static, TObject } from "typebox";
import { EditingError } from "../errors.ts";
import { formatsFor, noteAccepted, responseFormat } from "./answer-format.ts";
import { jsonOrder, readAnswer } from "./answer-json.ts";
import { type AnswerStore, sharedAnswerStore } from "./answer-store.ts";
import type { ChatEndpoint } from "./chat-endpoint.ts";
import { type ChatMessage, type ChatQuestion, messagesOf } from "./chat-message.ts";
import { type ChatUsage, noUsage, parseCompletion, sumUsage } from "./completion.ts";
import { sendRequest } from "./send-request.ts";

/** An answer that fits its schema. */
export interface ChatAnswer<T> {
  readonly value: T;
  readonly usage: ChatUsage;
  /** Whether it was kept from an earlier time and cost nothing now. */
  readonly isKept: boolean;
}

/** How a question is asked. */
export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Where answers are kept. @default in the user's data folder; null: nowhere */
  readonly store?: AnswerStore | null | undefined;
}

/** What a server answers that does not know the format: it calls the request itself wrong. */
const wrongRequest = new Set([400, 415, 422, 501]);

/** Asks in the strictest format that the endpoint takes. */
async function complete(
  endpoint: ChatEndpoint,
  messages: readonly ChatMessage[],
  schema: object,
  signal: AbortSignal | undefined,
) {
  const { model, temperature, seed, maxTokens } = endpoint;
  const settings = {
    model,
    seed,
    ...(temperature < 0 ? {} : { temperature }),
    ...(maxTokens === 0 ? {} : { max_tokens: maxTokens }),
  };
  let refused: EditingError | undefined;
  for (const format of formatsFor(endpoint)) {
    const request = { ...settings, messages, ...responseFormat(format, schema) };
    const body = JSON.stringify(request);
    const sent = await sendRequest(endpoint, { path: "/chat/completions", body }, signal);
    const { status, text, refusal } = sent;
    if (refusal === undefined) {
      const completion = parseCompletion(endpoint, text);
      noteAccepted(endpoint, format);
      return completion;
    }
    if (!wrongRequest.has(status)) throw refusal;
    refused = refusal;
  }
  throw refused;
}

/**
 * Asks a question whose answer is a JSON object. Where the answer cannot be read, the endpoint is told what is wrong and
 * asked once more. Answers that fit are kept: the same question of the same model costs nothing again.
 * Throws: endpoint.answer where neither fits, and as `sendRequest`.
 */
export async function askForJson<S extends TObject>(
  endpoint: ChatEndpoint,
  question: ChatQuestion & { readonly schema: S },
  { signal, store }: AskOptions = {},
): Promise<ChatAnswer<Static<S>>> {
  const { schema } = question;
  const system = [question.system, jsonOrder(schema)].filter(Boolean).join("\n\n");
  const messages = await messagesOf({ ...question, system });
  const { address, model, temperature, seed, maxTokens } = endpoint;
  const asked = JSON.stringify({ address, model, temperature, seed, maxTokens, messages });
  const key = createHash("sha256").update(asked).digest("hex");
  const kept = store === null ? undefined : (store ?? (await sharedAnswerStore()));
  const earlier = await kept?.get(key);
  if (earlier !== undefined) {
    return { value: readAnswer(schema, earlier), usage: noUsage, isKept: true };
  }
  let talk = messages;
  let usage = noUsage;
  for (let round = 0; ; round++) {
    const completion = await complete(endpoint, talk, schema, signal);
    usage = sumUsage(usage, completion.usage);
    try {
      const value = readAnswer(schema, completion.text);
      await kept?.put(key, completion.text);
      return { value, usage, isKept: false };
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
      if (round > 0) throw unreadable(endpoint, completion.text, cause);
      const order = `That cannot be used: ${cause.message}. ${jsonOrder(schema)}`;
      talk = [
        ...messages,
        { role: "assistant", content: completion.text },
        { role: "user", content: order },
      ];
    }
  }
}

function unreadable({ address, model }: ChatEndpoint, text: string, cause: Error): EditingError {
  const short = text.replace(/\s+/g, " ").slice(0, 200);
  return new EditingError("endpoint.answer", `${cause.message} in the answer "${short}".`, {
    at: address,
    hint: `"${model}" was asked twice. Try a larger model, or a server with structured output.`,
    cause,
  });
}
