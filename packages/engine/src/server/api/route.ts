import type { XStatic } from "typebox/schema";
import type { ReadOnly } from "../../protocol/client-schemas.ts";
import { createParser } from "../request-parser.ts";
import { fields, type SchemaPart } from "./components.ts";

/** A JSON Schema of an object: the fields of a query or of a body. */
export interface FieldsSchema {
  readonly type: "object";
  readonly required?: readonly string[];
  /** Fields that do not go together. */
  readonly not?: { readonly required: readonly string[] };
  readonly properties: Readonly<Record<string, object>>;
}

/** What a response of an operation is. */
export interface Reply {
  readonly description: string;
  /** Of its JSON. @default none: the response is of another type */
  readonly schema?: SchemaPart;
  /** @default "application/json" */
  readonly mediaType?: string;
}

/** A request that fits its route. */
export interface Call {
  /** The values of `{name}` in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly request: Request;
}

/** One operation of the API: what `docs/openapi.json` says of it, and how it is answered. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Such as `/api/jobs/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly query?: FieldsSchema;
  readonly body?: FieldsSchema;
  /** A body that is not JSON. */
  readonly rawBody?: string;
  /** The responses by status; errors are told once for all operations. */
  readonly responses: Readonly<Record<number, Reply>>;
  parseQuery(value: unknown): unknown;
  parseBody(value: unknown): unknown;
  answer(call: Call): Promise<Response>;
}

type Parsed<S> = S extends FieldsSchema ? ReadOnly<XStatic<S>> : undefined;

interface RouteDefinition<Query, Body>
  extends Pick<Route, "method" | "path" | "summary" | "rawBody" | "responses"> {
  readonly query?: Query;
  readonly body?: Body;
  answer(
    call: Omit<Call, "query" | "body"> & {
      readonly query: Parsed<Query>;
      readonly body: Parsed<Body>;
    },
  ): Promise<Response>;
}

/** Declares an operation; what it gets has been checked against its schemas. */
export function defineRoute<
  const Query extends FieldsSchema | undefined = undefined,
  const Body extends FieldsSchema | undefined = undefined,
>(definition: RouteDefinition<Query, Body>): Route {
  const { query, body } = definition;
  const ignore = (): undefined => undefined;
  return {
    ...(definition as Omit<RouteDefinition<undefined, undefined>, "query" | "body">),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    parseQuery: query === undefined ? ignore : createParser(query),
    parseBody: body === undefined ? ignore : createParser(body),
    answer: (call) => definition.answer(call as Parameters<typeof definition.answer>[0]),
  };
}

/** A response of JSON with these fields. */
export function json(description: string, properties: SchemaPart): Reply {
  return { description, schema: fields(properties) };
}
