import { type ConnectionSettings, type EndpointConnection, parseConnection } from "./connection.ts";

/** A model behind an OpenAI-compatible chat API. */
export interface ChatEndpoint extends EndpointConnection {
  /** Below 0: the server's own. */
  readonly temperature: number;
  readonly seed: number;
  /** Most tokens of an answer; 0: as the server allows. */
  readonly maxTokens: number;
  /** What a million tokens cost. */
  readonly prices: { readonly input: number; readonly output: number };
}

const defaults: Omit<ChatEndpoint, keyof EndpointConnection> = {
  temperature: 0,
  seed: 0,
  maxTokens: 0,
  prices: { input: 0, output: 0 },
};

/** What an endpoint needs; all else has defaults. */
export type ChatEndpointSettings = ConnectionSettings & Partial<ChatEndpoint>;

/**
 * Describes an endpoint.
 * Throws: argument.unfit at `address`, `model` or `keyVariable`.
 */
export function parseChatEndpoint(settings: ChatEndpointSettings): ChatEndpoint {
  return { ...defaults, ...parseConnection(settings) };
}
