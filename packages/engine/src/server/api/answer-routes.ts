import { EngineError, type ErrorCode, toWireError } from "../../errors.ts";
import { readBody } from "../read-body.ts";
import { errorReply, methodRefused, notFound } from "../replies.ts";
import { badRequest, parseJson } from "../request-parser.ts";
import type { FieldsSchema, Route } from "./route.ts";

const maxBodyBytes = 8 * 1024 * 1024;

const statuses: Partial<Record<ErrorCode, number>> = {
  "ablation.large": 422,
  "ablation.running": 409,
  "ablation.unknown": 404,
  "batch.locked": 409,
  "command.usage": 422,
  "document.file-changed": 409,
  "document.file-exists": 409,
  "document.file-name": 422,
  "document.file-open": 409,
  "document.patch": 422,
  "document.stale": 409,
  "document.unknown": 404,
  "document.unsaved": 409,
  "dataset.unreadable": 404,
  "disk.full": 507,
  "file.encoding": 422,
  "file.no-graph": 422,
  "file.unreadable": 404,
  "file.unwritable": 422,
  "jobs.full": 503,
  "jobs.output-gone": 410,
  "jobs.unknown": 404,
  "node.bad-input": 422,
  "process.lost": 503,
  "protocol.message": 400,
  "server.not-a-picture": 415,
  "server.too-large": 413,
};

function statusOf(thrown: unknown): number {
  const { code } = toWireError(thrown);
  return statuses[code] ?? (code.startsWith("graph.") ? 422 : 500);
}

function tooLarge(): EngineError {
  return new EngineError("server.too-large", "the request is larger than 8 MB", {
    hint: "Keep pictures in files of their own.",
  });
}

/** The names in a path such as `/api/jobs/{id}` and their values; undefined where it does not fit. */
function match(template: string, pathname: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split("/"), pathname.split("/")];
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === "") return undefined;
    if (name !== undefined) values[name] = value;
  }
  return values;
}

/** Texts of a query as the values that its schema wants; what does not fit stays a text. */
function readQuery({ properties }: FieldsSchema, params: URLSearchParams): object {
  const read = (text: string, type: unknown): unknown => {
    if (type === "integer" && /^-?\d{1,16}$/.test(text)) return Number(text);
    if (type === "number" && /^-?\d{1,16}(\.\d{1,20})?(e[+-]?\d{1,3})?$/.test(text))
      return Number(text);
    if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
    return text;
  };
  const fields = Object.entries(properties).filter(([name]) => params.has(name));
  return Object.fromEntries(
    fields.map(([name, schema]) => {
      const type: unknown = Reflect.get(schema, "type");
      const texts = params.getAll(name);
      return [name, type === "array" ? texts : read(texts.at(-1) ?? "", type)];
    }),
  );
}

async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBody(request, maxBodyBytes, tooLarge);
  return bytes.length === 0 ? {} : parseJson(bytes.toString());
}

async function answer(
  route: Route,
  request: Request,
  url: URL,
  encoded: Record<string, string>,
): Promise<Response> {
  try {
    const path = Object.fromEntries(
      Object.entries(encoded).map(([name, value]) => [name, decodeName(value)]),
    );
    const query = route.query && route.parseQuery(readQuery(route.query, url.searchParams));
    const body = route.body && route.parseBody(await readJson(request));
    return await route.answer({ path, query, body, request });
  } catch (thrown) {
    return errorReply(statusOf(thrown), thrown);
  }
}

function decodeName(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw badRequest("the address is not percent-encoded correctly", "");
  }
}

/** Answers requests below `/api` from a table of operations. */
export function createApi(
  routes: readonly Route[],
): (request: Request, url: URL) => Promise<Response> {
  return async (request, url) => {
    const fitting = routes.flatMap((route) => {
      const values = match(route.path, url.pathname);
      return values === undefined ? [] : [{ route, values }];
    });
    const method = request.method === "HEAD" ? "GET" : request.method;
    const found = fitting.find(({ route }) => route.method === method);
    if (found !== undefined) return answer(found.route, request, url, found.values);
    if (fitting.length === 0) return notFound(url.pathname);
    const methods = fitting.map(({ route }) => route.method);
    return methodRefused(methods.flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name])));
  };
}
