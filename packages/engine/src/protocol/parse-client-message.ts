import { EngineError } from "../errors.ts";
import type { ClientMessage } from "./messages.ts";

type Unread<T extends ClientMessage["type"]> = Omit<
  Extract<ClientMessage, { type: T; graph: unknown }>,
  "graph"
> & { readonly graph: unknown };

/** A client's message whose graph has not been looked at yet. */
export type ClientRequest =
  | Unread<"run">
  | Unread<"validate">
  | Unread<"migrate">
  | Extract<ClientMessage, { type: "cancel" }>;

function refuse(what: string, path?: string): never {
  throw new EngineError("protocol.message", what, {
    at: path === undefined ? {} : { path },
    hint: "reload the page; if that does not help, page and server are of different versions.",
  });
}

function textAt(message: Readonly<Record<string, unknown>>, key: string): string {
  const value = message[key];
  return typeof value === "string" && value.length <= 200
    ? value
    : refuse(`"${key}" must be a short text`, key);
}

function idsAt(message: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { outputs } = message as { outputs?: unknown };
  if (outputs === undefined) return undefined;
  if (Array.isArray(outputs) && outputs.every((id) => typeof id === "string")) return outputs;
  return refuse('"outputs" must be a list of node ids', "outputs");
}

/** Reads a message from a client. Throws: `protocol.message`. */
export function parseClientMessage(text: string): ClientRequest {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return refuse("the message is not JSON");
  }
  if (typeof message !== "object" || message === null) return refuse("the message is no object");
  const fields = message as Readonly<Record<string, unknown>>;
  const type = textAt(fields, "type");
  switch (type) {
    case "run": {
      const outputs = idsAt(fields);
      return {
        type,
        requestId: textAt(fields, "requestId"),
        graph: fields["graph"],
        ...(outputs === undefined ? {} : { outputs }),
      };
    }
    case "validate":
    case "migrate":
      return { type, requestId: textAt(fields, "requestId"), graph: fields["graph"] };
    case "cancel":
      return { type, runId: textAt(fields, "runId") };
    default:
      return refuse(`"${type}" is no kind of message`, "type");
  }
}
