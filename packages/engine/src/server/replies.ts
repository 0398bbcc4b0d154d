import { EngineError, toWireError } from "../errors.ts";
import { contentHeaders } from "./security-headers.ts";

/** A value as a JSON response. */
export function jsonReply(status: number, body: unknown): Response {
  return jsonTextReply(status, JSON.stringify(body));
}

/** A JSON text as a response. */
export function jsonTextReply(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...contentHeaders, "content-type": "application/json; charset=utf-8" },
  });
}

/** A refusal with its reason, as `{ error: WireError }`. */
export function errorReply(status: number, thrown: unknown): Response {
  return jsonReply(status, { error: toWireError(thrown) });
}

/** The bytes of a file as a response. */
export function fileReply(bytes: Uint8Array, headers: Readonly<Record<string, string>>): Response {
  // Copied into an ArrayBuffer of its own: file buffers may share memory.
  return new Response(new Uint8Array(bytes), { headers });
}

/** The response for an address where there is nothing. */
export function notFound(path: string): Response {
  return errorReply(
    404,
    new EngineError("server.path", `there is nothing at ${path}`, {
      hint: "Open the address that the server printed.",
    }),
  );
}

/** The response to a method that an address does not take. @param allowed Those that it takes */
export function methodRefused(allowed: readonly string[]): Response {
  const names = allowed.join(", ");
  const error = new EngineError("server.path", `this address takes only ${names}`, {
    hint: "See docs/api.md for the requests that there are.",
  });
  const reply = errorReply(405, error);
  reply.headers.set("allow", names);
  return reply;
}
