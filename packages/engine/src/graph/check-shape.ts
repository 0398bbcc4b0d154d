import { EngineError, type Place } from "../errors.ts";
import { entryOf } from "./catalogue.ts";
import { documentSchema } from "./document-schema.ts";
import { describe, isPlainObject } from "./json-guard.ts";
import { subgraphType } from "./subgraphs.ts";

/** The part of JSON Schema that the document's schema uses. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly description?: string;
}

type Path = readonly string[];

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  object: "an object",
  array: "a list",
};

/** Where in a graph a path of the document lies. */
function placeOf(path: Path): Place {
  const [first, name, ...rest] = path;
  if (first === "graphs" && name !== undefined) {
    const { nodeId, path: inner } = placeOf(rest);
    const id = [subgraphType(name), nodeId].filter((part) => part !== undefined).join("/");
    return { nodeId: id, ...(inner === undefined ? {} : { path: inner }) };
  }
  const isNode = first === "nodes" && name !== undefined;
  const inner = (isNode ? rest : path).join(".");
  return { ...(isNode ? { nodeId: name } : {}), ...(inner === "" ? {} : { path: inner }) };
}

function refuse(path: Path, expected: string, value: unknown, { description }: Schema): never {
  const found = value === undefined ? "nothing" : value === "" ? "an empty text" : describe(value);
  throw new EngineError("graph.shape", `expected ${expected}, found ${found}`, {
    at: placeOf(path),
    hint: description ?? "See docs/graph-format.md for the format.",
  });
}

function schemaOf(reference: string): Schema {
  const name = reference.slice("#/$defs/".length);
  const found = entryOf<Schema>(documentSchema.$defs, name);
  if (found === undefined) throw new TypeError(`the schema lacks ${reference}`);
  return found;
}

function isOfType(value: unknown, type: string | undefined): boolean {
  if (type === undefined) return true;
  if (type === "object") return isPlainObject(value);
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isSafeInteger(value);
  return typeof value === type;
}

/** Of several forms, the one whose required names are there; else the first. */
function chosen(forms: readonly Schema[], value: unknown): Schema {
  const isMeant = ({ required = [] }: Schema): boolean =>
    isPlainObject(value) && required.every((name) => Object.hasOwn(value, name));
  const all = forms.map(({ $ref = "" }) => schemaOf($ref));
  return all.find(isMeant) ?? all[0] ?? {};
}

/** The schema that a value must meet, its references followed. */
function followed(schema: Schema, value: unknown): Schema {
  if (schema.$ref !== undefined) return followed(schemaOf(schema.$ref), value);
  return schema.anyOf === undefined ? schema : chosen(schema.anyOf, value);
}

/** What was expected instead of a value, or undefined where it fits. */
function expectedInstead(value: unknown, schema: Schema): string | undefined {
  const { type, minLength = 0, maxLength = Infinity, minimum = -Infinity } = schema;
  const expected = typeNames[type ?? ""] ?? "something else";
  if (!isOfType(value, type)) return expected;
  if (typeof value === "number" && value < minimum) return `${expected} from ${minimum}`;
  if (typeof value !== "string") return undefined;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return schema.enum.join(" or ");
  if (value.length > maxLength) return `at most ${maxLength} characters`;
  return value.length < minLength ? expected : undefined;
}

function checkValue(value: unknown, reference: Schema, path: Path): void {
  const schema = followed(reference, value);
  const expected = expectedInstead(value, schema);
  if (expected !== undefined) refuse(path, expected, value, schema);
  if (isPlainObject(value)) checkFields(value, schema, path);
  const { items } = schema;
  if (items === undefined || !Array.isArray(value)) return;
  for (const [at, item] of value.entries()) checkValue(item, items, [...path, String(at)]);
}

function checkFields(value: Record<string, unknown>, schema: Schema, path: Path): void {
  const { properties, required = [], additionalProperties } = schema;
  for (const name of required) {
    if (Object.hasOwn(value, name)) continue;
    const field = entryOf(properties, name) ?? {};
    const { type = "object" } = field.$ref === undefined ? field : schemaOf(field.$ref);
    refuse([...path, name], typeNames[type] ?? "a value", undefined, field);
  }
  for (const [name, item] of Object.entries(value)) {
    const field = entryOf(properties, name) ?? additionalProperties;
    if (field !== undefined && item !== undefined) checkValue(item, field, [...path, name]);
  }
}

/** Checks a document against its JSON Schema. Throws: `graph.shape`. */
export function checkShape(document: Record<string, unknown>): void {
  checkValue(document, documentSchema, []);
}
