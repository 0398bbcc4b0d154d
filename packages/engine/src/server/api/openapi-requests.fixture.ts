import fc from "fast-check";
import type { OpenApi } from "./openapi.ts";

/** The part of JSON Schema that the API's description uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly type?: string | readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly not?: { readonly required: readonly string[] };
  readonly additionalProperties?: JsonSchema | boolean;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

/** An operation of the description. */
export interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** A request to send, and whether it fits the description. */
export interface RandomRequest {
  readonly address: string;
  readonly body: string | undefined;
  readonly isValid: boolean;
}

function at(document: OpenApi, reference: string): JsonSchema {
  const keys = reference.slice(2).split("/");
  return keys.reduce<unknown>(
    (value, key) => Reflect.get(Object(value), key),
    document,
  ) as JsonSchema;
}

/** Random values that fit a schema. */
function fitting(document: OpenApi, schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  const inner = (part: JsonSchema) => fitting(document, part, depth + 1);
  const forms = schema.oneOf ?? schema.anyOf;
  if (schema.$ref !== undefined) return fitting(document, at(document, schema.$ref), depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (forms !== undefined) return fc.oneof(...forms.map(inner));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  const { minLength = 0, maxLength = 30, minimum = -10, maximum = 40 } = schema;
  switch (type) {
    case "string":
      return fc.string({ minLength, maxLength: Math.min(maxLength, 30), unit: "grapheme" });
    case "integer":
      return fc.integer({ min: minimum, max: Math.min(maximum, minimum + 40) });
    case "number":
      return fc.integer({ min: minimum, max: maximum }).map((quarters) => quarters / 4);
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 });
    case "object": {
      const { properties = {}, required = [], additionalProperties } = schema;
      const named = fc
        .record(
          Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, inner(part)])),
          { requiredKeys: [...required] },
        )
        .filter((value) => schema.not?.required.every((name) => name in value) !== true);
      if (typeof additionalProperties !== "object" || depth > 4) return named;
      const more = fc.dictionary(fc.string({ maxLength: 6 }), inner(additionalProperties), {
        maxKeys: 2,
      });
      return fc.tuple(more, named).map(([others, own]) => ({ ...others, ...own }));
    }
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Random requests of an operation: half of them fit its description, the others have any query and body. */
export function createRequests(
  document: OpenApi,
  place: string,
  { parameters = [], requestBody }: Operation,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<RandomRequest> {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const pathValues = fc.record(
    Object.fromEntries(
      inPath.map(({ name }) => [
        name,
        fc.oneof(
          fc.constantFrom(...(known[name] ?? ["none"])),
          fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/^\.+$/.test(text)),
        ),
      ]),
    ),
  );
  const query = fc.record(
    Object.fromEntries(inQuery.map(({ name, schema }) => [name, fitting(document, schema)])),
    { requiredKeys: inQuery.filter(({ required }) => required).map(({ name }) => name) },
  );
  const schema = requestBody?.content?.["application/json"]?.schema;
  const body =
    schema === undefined
      ? fc.constant(undefined)
      : fitting(document, schema).map((value) => JSON.stringify(value));
  const toAddress = (values: Record<string, unknown>, search: URLSearchParams): string => {
    const filled = place.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(values[name])),
    );
    return search.size === 0 ? filled : `${filled}?${search}`;
  };
  const valid = fc.tuple(pathValues, query, body).map(([values, asked, text]) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(asked)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        // Waiting is not what is tested here.
        search.append(name, name === "wait" ? "0" : String(one));
      }
    }
    return { address: toAddress(values, search), body: text, isValid: true };
  });
  const names = inQuery.map(({ name }) => name).filter((name) => name !== "wait");
  const anyQuery = fc.dictionary(fc.constantFrom("x", ...names), fc.string(), { maxKeys: 3 });
  const anyBody =
    requestBody === undefined ? fc.constant(undefined) : fc.oneof(fc.json(), fc.string());
  const arbitrary = fc.tuple(pathValues, anyQuery, anyBody).map(([values, asked, text]) => ({
    ...{ address: toAddress(values, new URLSearchParams(asked)), body: text, isValid: false },
  }));
  return fc.oneof(valid, arbitrary);
}
