import { EditingError } from "../errors.ts";
import type { EndpointConnection } from "./connection.ts";
import { keyOf, requireAllowed } from "./endpoint-key.ts";
import { maxTextBytes, readResponse, refusalText } from "./read-response.ts";
import { askedPauseMs, backoffMs, longestPauseMs } from "./retry-delay.ts";
import { turnstileOf } from "./shared-turns.ts";
import { pauseFor } from "./wait-for.ts";

/** A request to a path of an API. */
export interface EndpointRequest {
  /** Appended to the address, such as /chat/completions. */
  readonly path: string;
  /** A text is JSON; without a body the path is read. */
  readonly body?: string | FormData;
  /** @default 16 MB */
  readonly maxAnswerBytes?: number;
}

/** A server's answer to one request; without a status where none came. */
interface Reply {
  readonly status: number | undefined;
  readonly headers?: Headers;
  readonly text: string;
  readonly pauseMs?: number | undefined;
  readonly cause?: unknown;
}

/** Faults that may pass: too many questions, a server that starts, a gateway that lost it. */
const passing = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);

const isPassing = ({ status, pauseMs = 0 }: Reply): boolean =>
  (status === undefined || passing.has(status)) && pauseMs <= longestPauseMs;

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return String(inner);
  if (inner.name === "TimeoutError") return "no answer in time";
  return String(Reflect.get(inner, "code") ?? inner.message);
}

/** Sends a request once, within the limits of its address. */
async function send(
  connection: EndpointConnection,
  { path, body, maxAnswerBytes = maxTextBytes }: EndpointRequest,
  key: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const turnstile = turnstileOf(connection.address);
  const leave = await turnstile.enter(connection, signal);
  const timeout = AbortSignal.timeout(connection.timeoutMs);
  try {
    const response = await fetch(`${connection.address}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { body }),
      // Elsewhere the key would be sent to whom nobody named.
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    const { status, headers } = response;
    const pauseMs = askedPauseMs(headers.get("retry-after"), Date.now());
    const text = await readResponse(response, maxAnswerBytes);
    const reply = { status, headers, text, pauseMs };
    // Before the next one takes the place.
    if (pauseMs !== undefined && isPassing(reply)) await turnstile.pause(pauseMs);
    return reply;
  } catch (cause) {
    signal?.throwIfAborted();
    return { status: undefined, text: reasonOf(cause), cause };
  } finally {
    leave();
  }
}

function fault(
  { address, keyVariable }: EndpointConnection,
  path: string,
  reply: Reply,
): EditingError {
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
    404: `Check the model's name, and that the address ends where ${path} follows, mostly in /v1.`,
    413: "Send smaller pictures.",
    429: "Lower the requests per minute, or wait.",
  };
  const hint = hints[status] ?? "Check the endpoint's own log.";
  return new EditingError("endpoint.refused", what, { at: address, hint });
}

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Set where the endpoint refuses and no retry mends that. */
  readonly refusal?: EditingError;
}

/**
 * Sends a request to an endpoint, again where the fault may pass; the pause that a server asks for holds for all who ask
 * it.
 * Throws: endpoint.key, endpoint.forbidden, endpoint.unreachable, endpoint.refused after the last retry.
 */
export async function sendRequest(
  connection: EndpointConnection,
  request: EndpointRequest,
  signal?: AbortSignal,
): Promise<EndpointAnswer> {
  const { address, keyVariable, retries, retryMs } = connection;
  requireAllowed(address);
  const key = keyOf(keyVariable, address);
  const hidden = (text: string): string =>
    key === undefined ? text : text.replaceAll(key, `[${keyVariable}]`);
  for (let attempt = 0; ; attempt++) {
    const sent = await send(connection, request, key, signal);
    const reply = { ...sent, text: hidden(sent.text) };
    const { status, text, headers = new Headers() } = reply;
    if (status !== undefined && status < 300) return { status, text, headers };
    const refusal = fault(connection, request.path, reply);
    if (status !== undefined && !isPassing(reply)) return { status, text, headers, refusal };
    if (attempt >= retries) throw refusal;
    if (reply.pauseMs === undefined) await pauseFor(backoffMs(attempt, retryMs), signal);
  }
}
