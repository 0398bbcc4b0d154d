import { unfitArgument } from "../errors.ts";
import { requireKeyName } from "./endpoint-key.ts";

/** A model behind an OpenAI-compatible chat API. It holds no secret: the key is read from the environment when a question is sent. */
export interface ChatEndpoint {
  /** What `/chat/completions` is appended to, such as http://127.0.0.1:8000/v1 */
  readonly address: string;
  readonly model: string;
  /** Name of the environment variable that holds the key; empty where the endpoint needs none. */
  readonly keyVariable: string;
  /** Below 0: the server's own. */
  readonly temperature: number;
  readonly seed: number;
  /** Most tokens of an answer; 0: as the server allows. */
  readonly maxTokens: number;
  /** Most questions at a time; all users of an address in a process share it. */
  readonly concurrency: number;
  /** Most questions a minute, shared alike; 0: any number. */
  readonly perMinute: number;
  /** How often a question is sent again after a fault that may pass. */
  readonly retries: number;
  /** The wait before it is sent again; it doubles each time. */
  readonly retryMs: number;
  readonly timeoutMs: number;
  /** What a million tokens cost. */
  readonly prices: { readonly input: number; readonly output: number };
}

const defaults: Omit<ChatEndpoint, "address" | "model"> = {
  keyVariable: "",
  temperature: 0,
  seed: 0,
  maxTokens: 0,
  concurrency: 4,
  perMinute: 0,
  retries: 4,
  retryMs: 500,
  timeoutMs: 120_000,
  prices: { input: 0, output: 0 },
};

/** What an endpoint needs; all else has defaults. */
export type ChatEndpointSettings = Pick<ChatEndpoint, "address" | "model"> & Partial<ChatEndpoint>;

const addressHint =
  "Give it as http://127.0.0.1:8000/v1 (vLLM, llama.cpp) or .../11434/v1 (Ollama).";

/** Throws: argument.unfit at `address`. */
function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw unfitArgument("address", `"${address}" is not an http address.`, addressHint);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "") {
    const hint = "Put the key in an environment variable and name that; graphs are shared.";
    throw unfitArgument("address", "an address with a password or a query holds a secret.", hint);
  }
  return url;
}

/**
 * Describes an endpoint.
 * Throws: argument.unfit at `address`, `model` or `keyVariable`.
 */
export function parseChatEndpoint(settings: ChatEndpointSettings): ChatEndpoint {
  const url = parseAddress(settings.address.trim());
  if (settings.model.trim() === "") {
    throw unfitArgument("model", "no model is named.", "Name a model that the endpoint serves.");
  }
  const endpoint = { ...defaults, ...settings };
  requireKeyName(endpoint.keyVariable, url);
  return { ...endpoint, address: url.href.replace(/\/+$/, "") };
}
