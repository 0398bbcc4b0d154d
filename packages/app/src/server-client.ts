import { setTimeout } from "node:timers/promises";
import { EngineError, fromWireError, type WireError } from "@insightgraph/engine/errors";
import type { Issue, NodeCatalogue } from "@insightgraph/engine/graph";
import type { JobState, JobSummary, SequencedEvent } from "@insightgraph/engine/protocol";
import { usageError } from "./parse-arguments.ts";

/** A running server, over HTTP; docs/api.md describes the requests. */
export interface ServerClient {
  catalogue(): Promise<NodeCatalogue>;
  list(states: readonly string[], limit: number): Promise<readonly JobSummary[]>;
  get(id: string): Promise<JobSummary>;
  /** A graph with issues gives these instead of a job. */
  submit(
    job: object,
  ): Promise<{ readonly job: JobSummary } | { readonly issues: readonly Issue[] }>;
  retry(id: string): Promise<{ readonly job: JobSummary } | { readonly issues: readonly Issue[] }>;
  cancel(id: string): Promise<void>;
  /** Events after a number, as soon as there are some; of a job that is over, at once. */
  events(id: string, after: number): Promise<NewEvents>;
}

interface NewEvents {
  readonly state: JobState;
  readonly events: readonly SequencedEvent[];
}

/** How long a server may be away while a job of it is followed, as when it is restarted. */
const absenceMs = 60_000;
const pauseMs = 500;

function addressOf(text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === "http:" || url.protocol === "https:") return url;
  } catch {
    // Told below.
  }
  throw usageError(
    `--server ${text}: this is no address`,
    "Write the address that the server printed.",
  );
}

async function fetchPatiently(url: URL, init: RequestInit, patienceMs: number): Promise<Response> {
  const startMs = performance.now();
  for (;;) {
    try {
      return await fetch(url, init);
    } catch (cause) {
      if (performance.now() - startMs < patienceMs) await setTimeout(pauseMs);
      else {
        throw new EngineError("server.failed", `no server answers at ${url.origin}`, {
          hint: "Start it with `npm start`, or give its address with --server.",
          cause,
        });
      }
    }
  }
}

function isWireError(value: unknown): value is WireError {
  return typeof value === "object" && value !== null && "code" in value && "hint" in value;
}

/**
 * Talks to a running server. A token is taken from the address, or from INSIGHTGRAPH_TOKEN.
 * Throws: `command.usage` for what is no address; each call, what the server answers, `server.failed`.
 */
export function openServerClient(text: string): ServerClient {
  const address = addressOf(text);
  const token = address.searchParams.get("token") ?? process.env["INSIGHTGRAPH_TOKEN"];
  const headers: Record<string, string> = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const call = async <Answer>(
    method: string,
    path: string,
    { body, patienceMs = 0 }: { readonly body?: object; readonly patienceMs?: number } = {},
  ): Promise<Answer> => {
    const init =
      body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetchPatiently(new URL(path, address), init, patienceMs);
    const answer: unknown = await response.json().catch(() => undefined);
    const error = (answer as { readonly error?: unknown } | undefined)?.error;
    if (isWireError(error)) throw fromWireError(error);
    if (answer !== undefined) return answer as Answer;
    throw new EngineError("server.failed", `${address.origin} is no InsightGraph server`, {
      hint: "Give the address that the server printed.",
    });
  };
  const jobPath = (id: string, rest = ""): string => `/api/jobs/${encodeURIComponent(id)}${rest}`;
  return {
    catalogue: async () =>
      (await call<{ catalogue: NodeCatalogue }>("GET", "/api/catalogue")).catalogue,
    async list(states, limit) {
      const query = new URLSearchParams([
        ...states.map((state): [string, string] => ["state", state]),
        ["limit", `${limit}`],
      ]);
      return (await call<{ jobs: JobSummary[] }>("GET", `/api/jobs?${query}`)).jobs;
    },
    get: async (id) => (await call<{ job: JobSummary }>("GET", jobPath(id))).job,
    submit: (job) => call("POST", "/api/jobs", { body: job }),
    retry: (id) => call("POST", jobPath(id, "/retry")),
    async cancel(id) {
      await call("POST", jobPath(id, "/cancel"));
    },
    events: (id, after) =>
      call("GET", jobPath(id, `/events?after=${after}&wait=20`), { patienceMs: absenceMs }),
  };
}
