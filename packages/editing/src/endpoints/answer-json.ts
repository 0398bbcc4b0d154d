import Type, { type Static, type TObject, type TProperties } from "typebox";
import Value from "typebox/value";
import { parseLenientJson } from "../files/lenient-json.ts";

/** The schema of an object with exactly these fields, as servers with structured output want it. */
export function answerSchema<P extends TProperties>(fields: P): TObject<P> {
  return Type.Object(fields, { additionalProperties: false });
}

/** Reads an answer. Throws: SyntaxError or TypeError with what is wrong, in words for the model. */
export function readAnswer<S extends TObject>(schema: S, text: string): Static<S> {
  const value = Value.Clean(schema, Value.Convert(schema, parseLenientJson(text)));
  if (Value.Check(schema, value)) return value;
  const [first] = Value.Errors(schema, value);
  throw new TypeError(`${first?.instancePath || "the answer"} ${first?.message ?? "does not fit"}`);
}

/** What tells a model to answer in JSON. */
export const jsonOrder = (schema: object): string =>
  `Answer with one JSON object and nothing else. Its JSON schema: ${JSON.stringify(schema)}`;
