import type { XSchema, XStatic } from "typebox/schema";
import Schema from "typebox/schema";
import { EngineError } from "../errors.ts";
import type { ReadOnly } from "../protocol/client-schemas.ts";

/** The schema of a request: an object with named fields. */
interface RequestSchema {
  readonly type: "object";
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Refuses a request. */
export function badRequest(what: string, path: string): EngineError {
  return new EngineError("protocol.message", what, {
    at: path === "" ? {} : { path },
    hint: "See docs/api.md. If a page sent it, reload the page: it may be of another version than the server.",
  });
}

/** JSON text as a value. Throws: `protocol.message`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("this is not JSON", "");
  }
}

/** The first required field that is missing from an object. */
function missingField({ required = [] }: RequestSchema, value: object): string | undefined {
  return required.find((name) => !Object.hasOwn(value, name));
}

/**
 * A function that checks a value against a JSON Schema and drops its unknown fields.
 * The function throws: `protocol.message` at the first field that does not fit.
 */
export function createParser<const S extends RequestSchema>(
  schema: S,
): (value: unknown) => ReadOnly<XStatic<S>> {
  // Compiled when it is first needed, so that the server starts sooner.
  let validator: ReturnType<typeof Schema.Compile> | undefined;
  const known = Object.keys(schema.properties);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw badRequest("an object is expected", "");
    }
    const missing = missingField(schema, value);
    if (missing !== undefined) throw badRequest(`"${missing}" is missing`, missing);
    validator ??= Schema.Compile(schema as XSchema);
    const [isValid, [fault]] = validator.Errors(value);
    if (fault?.keyword === "not") throw badRequest("these fields do not go together", "");
    if (!isValid) {
      const path = (fault?.instancePath ?? "").slice(1).replaceAll("/", ".").slice(0, 200);
      throw badRequest(`"${path}" ${fault?.message ?? "does not fit"}`, path);
    }
    const fields = Object.entries(value).filter(([name]) => known.includes(name));
    return Object.fromEntries(fields) as ReadOnly<XStatic<S>>;
  };
}
