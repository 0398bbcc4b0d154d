import { components, ref, type SchemaPart } from "./components.ts";
import type { FieldsSchema, Reply, Route } from "./route.ts";

/** An OpenAPI 3.1 document. */
export interface OpenApi {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: object;
}

const version = "1";

function contentOf({ schema, mediaType = "application/json" }: Reply): object {
  return { [mediaType]: schema === undefined ? {} : { schema } };
}

function responsesOf({ responses }: Route): object {
  const told = Object.entries(responses).map(([status, reply]) => [
    status,
    { description: reply.description, content: contentOf(reply) },
  ]);
  return { ...Object.fromEntries(told), default: { $ref: "#/components/responses/Refused" } };
}

function queryParameters({ required = [], properties }: FieldsSchema): object[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", minLength: 1 },
  }));
}

/** A body's schema, with the graph's own in place of any object. */
function bodySchema(body: FieldsSchema): SchemaPart {
  const properties: SchemaPart = "graph" in body.properties ? { graph: ref("Graph") } : {};
  return { ...body, properties: { ...body.properties, ...properties } };
}

function bodyOf({ body, rawBody }: Route): object {
  if (rawBody !== undefined) {
    return { requestBody: { required: true, content: { [rawBody]: {} } } };
  }
  if (body === undefined) return {};
  const content = { "application/json": { schema: bodySchema(body) } };
  return { requestBody: { required: (body.required ?? []).length > 0, content } };
}

function operationId({ method, path }: Route): string {
  const words = path.replace(/^\/(api\/)?/, "").split("/");
  const names = words.map((word) => word.replace(/[{}]/g, "").replace(/[^\w]+/g, "-"));
  return [method.toLowerCase(), ...names].join("-");
}

function operationOf(route: Route): object {
  const { path, query, summary } = route;
  const parameters = [
    ...pathParameters(path),
    ...(query === undefined ? [] : queryParameters(query)),
  ];
  return {
    operationId: operationId(route),
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(route),
    responses: responsesOf(route),
  };
}

/** The description of operations that `docs/openapi.json` holds, made of what answers them. */
export function toOpenApi(routes: readonly Route[]): OpenApi {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "InsightGraph", version },
    paths,
    components: {
      schemas: components,
      responses: {
        Refused: {
          description: "The request was refused.",
          content: {
            "application/json": {
              schema: { type: "object", required: ["error"], properties: { error: ref("Error") } },
            },
          },
        },
      },
    },
  };
}
