import { EngineError, toWireError } from "../errors.ts";

const COMMON = { "x-content-type-options": "nosniff" };

export function jsonReply(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...COMMON, "content-type": "application/json; charset=utf-8" },
  });
}

/** A refusal that says why, as `{ error: WireError }`. */
export function errorReply(status: number, thrown: unknown): Response {
  return jsonReply(status, { error: toWireError(thrown) });
}

export function fileReply(bytes: Uint8Array, mime: string, cacheControl: string): Response {
  // A copy into a plain ArrayBuffer: file buffers may share memory with others.
  return new Response(new Uint8Array(bytes), {
    headers: { ...COMMON, "content-type": mime, "cache-control": cacheControl },
  });
}

export function notFound(path: string): Response {
  return errorReply(
    404,
    new EngineError("server.path", `there is nothing at ${path}`, {
      hint: "open the address that the server printed.",
    }),
  );
}
