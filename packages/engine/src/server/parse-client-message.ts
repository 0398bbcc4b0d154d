import { entryOf } from "../graph/catalogue.ts";
import { type ClientRequest, clientSchemas } from "../protocol/client-schemas.ts";
import { badRequest, createParser, parseJson } from "./request-parser.ts";

const parsers: Readonly<Record<string, (value: unknown) => ClientRequest>> = Object.fromEntries(
  Object.entries(clientSchemas).map(([type, schema]) => [type, createParser(schema)]),
);

function typeOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const type: unknown = Reflect.get(message, "type");
  return typeof type === "string" ? type : undefined;
}

/**
 * Reads a message from a page; unknown fields are dropped.
 * Throws: `protocol.message`.
 */
export function parseClientMessage(text: string): ClientRequest {
  const message = parseJson(text);
  const parse = entryOf(parsers, typeOf(message) ?? "");
  if (parse === undefined) throw badRequest("there is no such type of message", "type");
  return parse(message);
}
