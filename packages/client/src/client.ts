import createFetchClient, { type Client as FetchClient } from "openapi-fetch";
import type { components, paths } from "../generated/api.d.ts";

/** What requests and answers are made of. */
export type Schemas = components["schemas"];

/** A server's API: a method for each HTTP method, typed by path. */
export type Client = FetchClient<paths>;

/** Where a server is, and how it is asked. */
export interface ClientOptions {
  /** Such as `http://127.0.0.1:7878`. @default the page's own server */
  readonly baseUrl?: string;
  /** Sent with every request. @default none; a page's browser has it in a cookie */
  readonly token?: string;
  /** @default the global `fetch` */
  readonly fetch?: (request: Request) => Promise<Response>;
}

function reasonIn(body: unknown): Schemas["Error"] | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const { error } = body;
  const isReason = typeof error === "object" && error !== null && "what" in error;
  return isReason ? (error as Schemas["Error"]) : undefined;
}

function issuesIn(body: unknown): readonly Schemas["Error"][] {
  const isRejected = typeof body === "object" && body !== null && "issues" in body;
  return isRejected && Array.isArray(body.issues) ? body.issues : [];
}

/** The server refused a request. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: number;
  /** Why; undefined where the answer is none of an InsightGraph server. */
  readonly reason: Schemas["Error"] | undefined;
  /** What is wrong with the graph that was submitted. */
  readonly issues: readonly Schemas["Error"][];

  constructor(status: number, body: unknown) {
    const reason = reasonIn(body);
    super(reason?.what ?? `the server answered with status ${status}`);
    this.status = status;
    this.reason = reason;
    this.issues = issuesIn(body);
  }
}

/** A client of a server's API. */
export function createClient({ baseUrl = "", token, fetch }: ClientOptions = {}): Client {
  return createFetchClient<paths>({
    baseUrl,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch === undefined ? {} : { fetch }),
    querySerializer: { array: { style: "form", explode: true } },
  });
}

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** What an operation answered. Throws: `RefusedError`, and what `fetch` throws. */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call;
  if (data !== undefined && data !== null && response.ok) return data;
  throw new RefusedError(response.status, error);
}
