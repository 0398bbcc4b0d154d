import { randomUUID } from "node:crypto";
import { EngineError, type ErrorCode, toWireError } from "../errors.ts";
import { parseGraph } from "../graph/parse-graph.ts";
import type { JobQueue, JobRequest } from "../jobs/job-queue.ts";
import { type JobState, jobStates } from "../protocol/job-summary.ts";
import { readBody } from "./read-body.ts";
import { errorReply, jsonReply, methodRefused } from "./replies.ts";
import { waitForEvents } from "./wait-for-events.ts";

const maxGraphBytes = 8 * 1024 * 1024;
const maxTextLength = 200;
const maxListed = 10_000;
const maxWaitSeconds = 30;

function tooLarge(): EngineError {
  return new EngineError("server.too-large", "the graph is larger than 8 MB", {
    hint: "Keep pictures in files of their own.",
  });
}

function badRequest(what: string, path: string): EngineError {
  return new EngineError("protocol.message", what, { at: { path }, hint: "See docs/api.md." });
}

function textAt(body: Readonly<Record<string, unknown>>, key: string, fallback: string): string {
  const value = body[key] ?? fallback;
  if (typeof value === "string" && value !== "" && value.length <= maxTextLength) return value;
  throw badRequest(`"${key}" must be a text of 1 to ${maxTextLength} characters`, key);
}

function outputsIn({ outputs }: { readonly outputs?: unknown }): Pick<JobRequest, "outputs"> {
  if (outputs === undefined) return {};
  if (Array.isArray(outputs) && outputs.every((id) => typeof id === "string")) return { outputs };
  throw badRequest('"outputs" must be a list of node ids', "outputs");
}

async function readRequest(request: Request): Promise<JobRequest> {
  const bytes = await readBody(request, maxGraphBytes, tooLarge);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch {
    throw badRequest("the body is not JSON", "");
  }
  if (typeof body !== "object" || body === null) throw badRequest("the body is not an object", "");
  const fields = body as Readonly<Record<string, unknown>>;
  return {
    graph: parseGraph(fields["graph"]),
    client: textAt(fields, "client", "api"),
    requestId: textAt(fields, "requestId", randomUUID()),
    ...outputsIn(fields),
  };
}

/** A number in the query, from 0 to `most`. */
function numberIn(url: URL, name: string, most: number, fallback: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return Math.min(value, most);
  throw badRequest(`"${name}" must be a whole number from 0`, name);
}

function statesIn(url: URL): readonly JobState[] {
  const given = url.searchParams.getAll("state");
  const known = jobStates.filter((state) => given.includes(state));
  if (known.length < given.length) {
    throw badRequest(`"state" must be one of ${jobStates.join(", ")}`, "state");
  }
  return given.length === 0 ? jobStates : known;
}

type Submitted = Awaited<ReturnType<JobQueue["submit"]>>;

function submittedReply(submitted: Submitted): Response {
  return "issues" in submitted ? jsonReply(422, submitted) : jsonReply(201, { job: submitted });
}

async function answerAll(queue: JobQueue, request: Request, url: URL): Promise<Response> {
  if (request.method === "POST")
    return submittedReply(await queue.submit(await readRequest(request)));
  if (request.method !== "GET") return methodRefused(request.method);
  const limit = numberIn(url, "limit", maxListed, 100);
  return jsonReply(200, { jobs: await queue.list({ states: statesIn(url), limit }) });
}

async function answerOne(
  queue: JobQueue,
  request: Request,
  url: URL,
  [id = "", action]: readonly string[],
): Promise<Response> {
  switch (`${request.method} ${action ?? ""}`) {
    case "GET ":
      return jsonReply(200, { job: await queue.get(id) });
    case "DELETE ":
      await queue.remove(id);
      return jsonReply(200, {});
    case "GET events": {
      const after = numberIn(url, "after", Number.MAX_SAFE_INTEGER, 0);
      const seconds = numberIn(url, "wait", maxWaitSeconds, 0);
      return jsonReply(200, await waitForEvents(queue, id, after, seconds * 1000));
    }
    case "POST cancel":
      await queue.get(id);
      await queue.cancel(id);
      return jsonReply(200, {});
    case "POST retry":
      return submittedReply(await queue.retry(id));
    default:
      return methodRefused(request.method);
  }
}

const statusOf: Partial<Record<ErrorCode, number>> = {
  "jobs.unknown": 404,
  "jobs.full": 503,
  "server.too-large": 413,
  "protocol.message": 400,
  "process.lost": 503,
};

/** Answers requests below `/api/jobs`. */
export async function answerJobs(queue: JobQueue, request: Request, url: URL): Promise<Response> {
  const [, , , ...path] = url.pathname.split("/");
  try {
    return await (path.length === 0
      ? answerAll(queue, request, url)
      : answerOne(queue, request, url, path));
  } catch (thrown) {
    const { code } = toWireError(thrown);
    const status = statusOf[code] ?? (code.startsWith("graph.") ? 422 : 500);
    return errorReply(status, thrown);
  }
}
