import type { ChatEndpoint } from "./chat-endpoint.ts";

/** How an endpoint is held to JSON, the strictest first. Servers offer all, some or none of them. */
const formats = ["json_schema", "json_object", "plain"] as const;

/** One way to hold an endpoint to JSON. */
export type AnswerFormat = (typeof formats)[number];

/** The strictest format that an address's model was seen to accept. */
const accepted = new Map<string, AnswerFormat>();

const nameOf = ({ address, model }: ChatEndpoint): string => `${address} ${model}`;

/** The formats to try, in order. */
export function formatsFor(endpoint: ChatEndpoint): readonly AnswerFormat[] {
  const known = accepted.get(nameOf(endpoint));
  return known === undefined ? formats : formats.slice(formats.indexOf(known));
}

/** Notes what an endpoint accepted. */
export function noteAccepted(endpoint: ChatEndpoint, format: AnswerFormat): void {
  accepted.set(nameOf(endpoint), format);
}

/** The field of a request that asks for a format. */
export function responseFormat(format: AnswerFormat, schema: object): object {
  if (format === "plain") return {};
  if (format === "json_object") return { response_format: { type: "json_object" } };
  const json_schema = { name: "answer", strict: true, schema };
  return { response_format: { type: "json_schema", json_schema } };
}
