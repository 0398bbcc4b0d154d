import { unfitArgument } from "../errors.ts";
import { requireKeyName } from "./endpoint-key.ts";

/** How an OpenAI-compatible server is reached. It holds no secret: the key is read from the environment when a request is sent. */
export interface EndpointConnection {
  /** What the paths of the API are appended to, such as http://127.0.0.1:8000/v1 */
  readonly address: string;
  readonly model: string;
  /** Name of the environment variable that holds the key; empty where the endpoint needs none. */
  readonly keyVariable: string;
  /** Most requests at a time; all users of an address in a process share it. */
  readonly concurrency: number;
  /** Most requests a minute, shared alike; 0: any number. */
  readonly perMinute: number;
  /** How often a request is sent again after a fault that may pass. */
  readonly retries: number;
  /** The wait before it is sent again; it doubles each time. */
  readonly retryMs: number;
  readonly timeoutMs: number;
}

const defaults: Omit<EndpointConnection, "address" | "model"> = {
  keyVariable: "",
  concurrency: 4,
  perMinute: 0,
  retries: 4,
  retryMs: 500,
  timeoutMs: 120_000,
};

/** What a connection needs; all else has defaults. */
export type ConnectionSettings = Pick<EndpointConnection, "address" | "model"> &
  Partial<EndpointConnection>;

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
 * Describes a connection.
 * Throws: argument.unfit at `address`, `model` or `keyVariable`.
 */
export function parseConnection<Settings extends ConnectionSettings>(
  settings: Settings,
): Settings & EndpointConnection {
  const url = parseAddress(settings.address.trim());
  if (settings.model.trim() === "") {
    throw unfitArgument("model", "no model is named.", "Name a model that the endpoint serves.");
  }
  const connection = { ...defaults, ...settings };
  requireKeyName(connection.keyVariable, url);
  return { ...connection, address: url.href.replace(/\/+$/, "") };
}
