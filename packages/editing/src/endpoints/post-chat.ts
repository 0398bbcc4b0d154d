import { EditingError } from "../errors.ts";
import type { ChatEndpoint } from "./chat-endpoint.ts";
import { keyOf, requireAllowed } from "./endpoint-key.ts";
import { readResponse, refusalText } from "./read-response.ts";
import { askedPauseMs, backoffMs, longestPauseMs } from "./retry-delay.ts";
import { turnstileOf } from "./turnstile.ts";
import { pauseFor } from "./wait-for.ts";

/** A server's answer to one request; without a status where none came. */
interface Reply {
  readonly status: number | undefined;
  readonly text: string;
  readonly pauseMs?: number | undefined;
  readonly cause?: unknown;
}

/** Faults that may pass: too many questions, a server that starts, a gateway that lost it. */
const passing = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return String(inner);
  if (inner.name === "TimeoutError") return "no answer in time";
  return String(Reflect.get(inner, "code") ?? inner.message);
}

/** Sends a request once, within the limits of its address. */
async function send(
  endpoint: ChatEndpoint,
  body: string,
  key: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const leave = await turnstileOf(endpoint.address).enter(endpoint, signal);
  const timeout = AbortSignal.timeout(endpoint.timeoutMs);
  try {
    const response = await fetch(`${endpoint.address}/chat/completions`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
      body,
      // Elsewhere the key would be sent to whom nobody named.
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const pauseMs = askedPauseMs(response.headers.get("retry-after"), Date.now());
    return { status: response.status, text: await readResponse(response), pauseMs };
  } catch (cause) {
    signal?.throwIfAborted();
    return { status: undefined, text: reasonOf(cause), cause };
  } finally {
    leave();
  }
}

const isPassing = ({ status, pauseMs = 0 }: Reply): boolean =>
  (status === undefined || passing.has(status)) && pauseMs <= longestPauseMs;

function fault({ address, keyVariable }: ChatEndpoint, reply: Reply): EditingError {
  const { status, text, cause } = reply;
  if (status === undefined) {
    return new EditingError("endpoint.unreachable", `the endpoint does not answer (${text}).`, {
      at: address,
      hint: "Start the server, or check the address and the network.",
      cause,
    });
  }
  const what = `the endpoint answered ${status}: ${refusalText(text)}`;
  const hints: Readonly<Record<number, string>> = {
    401: `Check the key in ${keyVariable === "" ? "the environment and name its variable" : keyVariable}.`,
    404: "Check the model's name, and that the address ends where /chat/completions follows, mostly in /v1.",
    413: "Send smaller pictures.",
    429: "Lower the questions per minute, or wait.",
  };
  const hint = hints[status] ?? "Check the endpoint's own log.";
  return new EditingError("endpoint.refused", what, { at: address, hint });
}

/**
 * Asks an endpoint, again where the fault may pass; the pause that a server asks for holds for all who ask it.
 * @returns What it answered; where it refuses and no retry mends that, the refusal as well.
 * Throws: endpoint.key, endpoint.forbidden, endpoint.unreachable, endpoint.refused after the last retry.
 */
export async function postChat(
  endpoint: ChatEndpoint,
  request: unknown,
  signal?: AbortSignal,
): Promise<{ readonly text: string; readonly refusal?: EditingError }> {
  const { address, keyVariable, retries, retryMs } = endpoint;
  requireAllowed(address);
  const key = keyOf(keyVariable, address);
  const hidden = (text: string): string =>
    key === undefined ? text : text.replaceAll(key, `[${keyVariable}]`);
  const body = JSON.stringify(request);
  for (let attempt = 0; ; attempt++) {
    const sent = await send(endpoint, body, key, signal);
    const reply = { ...sent, text: hidden(sent.text) };
    if (reply.status !== undefined && reply.status < 300) return { text: reply.text };
    if (!isPassing(reply)) return { text: reply.text, refusal: fault(endpoint, reply) };
    if (attempt >= retries) throw fault(endpoint, reply);
    if (reply.pauseMs !== undefined) turnstileOf(address).pause(reply.pauseMs);
    else await pauseFor(backoffMs(attempt, retryMs), signal);
  }
}
