import { createHash, timingSafeEqual } from "node:crypto";
import { EngineError } from "../errors.ts";
import { isAllowedOrigin } from "./origin.ts";
import { errorReply } from "./replies.ts";

/** Who may use a server. */
export interface AccessOptions {
  /** Host names that requests may use. */
  readonly hosts: readonly string[];
  /** What every request has to carry. Omitted: nothing. */
  readonly token?: string;
  /** Names the cookie, so that two servers of one machine do not share it. */
  readonly port?: number;
  /** Milliseconds since any start. */
  readonly now?: () => number;
}

/** The part of a request that decides whether it is answered. */
export interface Visit {
  /** Path and query. */
  readonly url: URL;
  readonly headers: Headers;
  /** The address that the request comes from. */
  readonly address: string;
}

/** Decides on requests: one check for HTTP and WebSocket. */
export interface Access {
  /** @returns the response to a request that may not pass; undefined where it may. */
  refusal(visit: Visit): Response | undefined;
}

/** Wrong tokens that one address may send in `windowMs`. */
const maxFailures = 20;
const windowMs = 60_000;
/** The longest time that a browser keeps a cookie. */
const cookieSeconds = 30 * 24 * 60 * 60;

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

function refuse(status: number, what: string, hint: string): Response {
  return errorReply(status, new EngineError("server.path", what, { hint }));
}

const otherSite = (): Response =>
  refuse(
    403,
    "another site, or another name of this machine, may not use this server",
    "Open the address that the server printed, or allow the name with --allow-host.",
  );
const noToken = (): Response =>
  refuse(
    401,
    "this server needs a token",
    "Open the whole address that the server printed; the API takes `Authorization: Bearer TOKEN`.",
  );
const tooMany = (): Response => {
  const reply = refuse(429, "too many wrong tokens from your address", "Wait a minute.");
  reply.headers.set("retry-after", `${windowMs / 1000}`);
  return reply;
};

function cookieOf(headers: Headers, name: string): string | undefined {
  const cookies = (headers.get("cookie") ?? "").split(/;\s*/);
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Counts wrong tokens by address, for a minute at a time. */
function createFailures(now: () => number) {
  let counts = new Map<string, number>();
  let sinceMs = now();
  return (address: string, added: number): number => {
    if (now() - sinceMs >= windowMs) [counts, sinceMs] = [new Map(), now()];
    const count = (counts.get(address) ?? 0) + added;
    if (added > 0) counts.set(address, count);
    return count;
  };
}

/** The first visit with the token in the address: the browser keeps it in a cookie instead. */
function moveIntoCookie(cookie: string): Response {
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": cookie } });
}

/** Checks Host, Origin and token of each request. */
export function createAccess({
  hosts,
  token,
  port = 0,
  now = () => performance.now(),
}: AccessOptions): Access {
  const failures = createFailures(now);
  const name = `insightgraph-${port}`;
  const cookie = `${name}=${token}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${cookieSeconds}`;
  return {
    refusal({ url, headers, address }) {
      if (!isAllowedOrigin(headers, hosts)) return otherSite();
      // Whoever watches over the server learns that it answers, and nothing else.
      if (token === undefined || url.pathname === "/health") return undefined;
      const inAddress = url.searchParams.get("token") ?? undefined;
      const inHeader = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "")?.[1];
      const given = inHeader ?? inAddress ?? cookieOf(headers, name);
      if (given === undefined) return noToken();
      if (failures(address, 0) >= maxFailures) return tooMany();
      if (!isSame(given, token)) {
        failures(address, 1);
        return noToken();
      }
      return given === inAddress ? moveIntoCookie(cookie) : undefined;
    },
  };
}
