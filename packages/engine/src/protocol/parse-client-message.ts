import { EngineError } from "../errors.ts";
import type { ClientMessage } from "./messages.ts";

type WithoutGraph<Message> = Message extends { graph: unknown }
  ? Omit<Message, "graph"> & { readonly graph: unknown }
  : Message;

/** A client's message whose graph has not been parsed yet. */
export type ClientRequest = WithoutGraph<ClientMessage>;

const maxTextLength = 200;

function refuse(what: string, path?: string): never {
  throw new EngineError("protocol.message", what, {
    at: path === undefined ? {} : { path },
    hint: "Reload the page. If that does not help, page and server are of different versions.",
  });
}

function textAt(message: Readonly<Record<string, unknown>>, key: string): string {
  const value = message[key];
  return typeof value === "string" && value.length <= maxTextLength
    ? value
    : refuse(`"${key}" must be a text of at most ${maxTextLength} characters`, key);
}

function outputsOf(
  message: Readonly<Record<string, unknown>>,
): Pick<Extract<ClientRequest, { type: "run" }>, "outputs"> {
  const { outputs } = message as { outputs?: unknown };
  if (outputs === undefined) return {};
  if (Array.isArray(outputs) && outputs.every((id) => typeof id === "string")) return { outputs };
  return refuse('"outputs" must be a list of node ids', "outputs");
}

/**
 * Reads a message from a client; unknown fields are dropped.
 * Throws: `protocol.message`.
 */
export function parseClientMessage(text: string): ClientRequest {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return refuse("the message is not JSON");
  }
  if (typeof message !== "object" || message === null) {
    return refuse("the message is not an object");
  }
  const fields = message as Readonly<Record<string, unknown>>;
  const { graph } = fields as { graph?: unknown };
  const type = textAt(fields, "type");
  switch (type) {
    case "run":
      return { type, requestId: textAt(fields, "requestId"), graph, ...outputsOf(fields) };
    case "migrate":
      return { type, requestId: textAt(fields, "requestId"), graph };
    case "cancel":
      return { type, runId: textAt(fields, "runId") };
    default:
      return refuse(`there is no message type "${type}"`, "type");
  }
}
