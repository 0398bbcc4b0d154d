import { setTimeout } from "node:timers/promises";
import { answerOf, createClient, RefusedError, type Schemas } from "@insightgraph/client";
import { EngineError, fromWireError, type WireError } from "@insightgraph/engine/errors";
import type { Issue, NodeCatalogue } from "@insightgraph/engine/graph";
import type { NewEvents } from "@insightgraph/engine/jobs";
import type { JobMarks, JobState, JobSummary } from "@insightgraph/engine/protocol";
import { usageError } from "./parse-arguments.ts";

/** The job that was queued, or what is wrong with its graph. */
export type Submitted = { readonly job: JobSummary } | { readonly issues: readonly Issue[] };

/** A running server, over HTTP; docs/api.md describes the requests. */
export interface ServerClient {
  catalogue(): Promise<NodeCatalogue>;
  /** @param after The last job of the page before. */
  list(states: readonly string[], limit: number, after?: string): Promise<readonly JobSummary[]>;
  get(id: string): Promise<JobSummary>;
  submit(job: NewJob): Promise<Submitted>;
  retry(id: string): Promise<Submitted>;
  cancel(id: string): Promise<void>;
  move(id: string, before?: string): Promise<void>;
  mark(id: string, marks: JobMarks): Promise<JobSummary>;
  remove(id: string): Promise<void>;
  pause(isPaused: boolean): Promise<void>;
  /** Events after a number, as soon as there are some; of a job that is over, at once. */
  events(id: string, after: number): Promise<NewEvents>;
}

interface NewJob {
  readonly requestId: string;
  readonly client: string;
  readonly graph: object;
  readonly outputs?: readonly string[];
  readonly device?: string;
  readonly priority?: number;
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

/** A `fetch` that tries again for a while where no server answers. */
function createFetch(patienceMs: number): (request: Request) => Promise<Response> {
  return async (request) => {
    const startMs = performance.now();
    for (;;) {
      try {
        return await fetch(request.clone());
      } catch (cause) {
        if (performance.now() - startMs < patienceMs) await setTimeout(pauseMs);
        else {
          const { origin } = new URL(request.url);
          throw new EngineError("server.failed", `no server answers at ${origin}`, {
            hint: "Start it with `npm start`, or give its address with --server.",
            cause,
          });
        }
      }
    }
  };
}

/**
 * Talks to a running server. A token is taken from the address, or from INSIGHTGRAPH_TOKEN.
 * Throws: `command.usage` for what is no address; each call, what the server answers, `server.failed`.
 */
export function openServerClient(text: string): ServerClient {
  const address = addressOf(text);
  const token = address.searchParams.get("token") ?? process.env["INSIGHTGRAPH_TOKEN"];
  const options = { baseUrl: address.origin, ...(token === undefined ? {} : { token }) };
  const api = createClient({ ...options, fetch: createFetch(0) });
  // A server that is restarted is waited for.
  const patientApi = createClient({ ...options, fetch: createFetch(absenceMs) });
  const toOwnError = (thrown: unknown): unknown => {
    if (!(thrown instanceof RefusedError || thrown instanceof SyntaxError)) return thrown;
    const reason = thrown instanceof RefusedError ? thrown.reason : undefined;
    if (reason !== undefined) return fromWireError(reason as WireError);
    return new EngineError("server.failed", `${address.origin} is no InsightGraph server`, {
      hint: "Give the address that the server printed.",
      cause: thrown,
    });
  };
  const answer: typeof answerOf = (call) =>
    answerOf(call).catch((thrown: unknown) => {
      throw toOwnError(thrown);
    });
  const submitted = async (
    call: Parameters<typeof answerOf<{ job: Schemas["JobSummary"] }>>[0],
  ) => {
    try {
      return { job: (await answerOf(call)).job as JobSummary };
    } catch (thrown) {
      const issues = thrown instanceof RefusedError ? thrown.issues : [];
      if (issues.length > 0) return { issues: issues as readonly Issue[] };
      throw toOwnError(thrown);
    }
  };
  const at = (id: string) => ({ params: { path: { id } } });
  return {
    async catalogue() {
      const { catalogue } = await answer(api.GET("/api/catalogue"));
      return catalogue as unknown as NodeCatalogue;
    },
    async list(states, limit, after) {
      const query = {
        ...{ state: [...states] as JobState[], limit },
        ...(after === undefined ? {} : { after }),
      };
      return (await answer(api.GET("/api/jobs", { params: { query } }))).jobs as JobSummary[];
    },
    async get(id) {
      return (await answer(api.GET("/api/jobs/{id}", at(id)))).job as JobSummary;
    },
    submit: ({ graph, outputs, ...job }) =>
      submitted(
        api.POST("/api/jobs", {
          body: {
            ...job,
            graph: graph as Schemas["Graph"],
            ...(outputs === undefined ? {} : { outputs: [...outputs] }),
          },
        }),
      ),
    retry: (id) => submitted(api.POST("/api/jobs/{id}/retry", at(id))),
    async cancel(id) {
      await answer(api.POST("/api/jobs/{id}/cancel", at(id)));
    },
    async move(id, before) {
      const body = before === undefined ? {} : { before };
      await answer(api.POST("/api/jobs/{id}/move", { ...at(id), body }));
    },
    async mark(id, { tags, ...marks }) {
      const body = { ...marks, ...(tags === undefined ? {} : { tags: [...tags] }) };
      return (await answer(api.PATCH("/api/jobs/{id}", { ...at(id), body }))).job as JobSummary;
    },
    async remove(id) {
      await answer(api.DELETE("/api/jobs/{id}", at(id)));
    },
    async pause(isPaused) {
      await answer(api.POST(isPaused ? "/api/queue/pause" : "/api/queue/resume"));
    },
    async events(id, after) {
      const params = { path: { id }, query: { after, wait: 20 } };
      return (await answer(patientApi.GET("/api/jobs/{id}/events", { params }))) as NewEvents;
    },
  };
}
