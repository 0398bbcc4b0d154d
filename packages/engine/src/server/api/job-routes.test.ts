import { expect, test } from "vitest";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import { createFakeHost } from "../../jobs/fake-host.fixture.ts";
import type { Job } from "../../jobs/job.ts";
import { openJobQueue } from "../../jobs/job-queue.ts";
import { openSqliteJobStore } from "../../jobs/sqlite/sqlite-job-store.ts";
import type { JobSummary } from "../../protocol/job-summary.ts";
import { createApi } from "./answer-routes.ts";
import { jobRoutes } from "./job-routes.ts";

const graph = answerGraph("pid");

/** Whichever parts an answer has. */
interface Body {
  readonly job: Job;
  readonly jobs: readonly JobSummary[];
}

async function openApi() {
  const store = await openSqliteJobStore(":memory:");
  const host = createFakeHost();
  const queue = await openJobQueue({ store, folder: "f", host, log: () => {} });
  const answer = createApi(jobRoutes(queue));
  const ask = async (method: string, path: string, body?: unknown) => {
    const url = new URL(path.startsWith("/api") ? path : `/api/jobs${path}`, "http://localhost");
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const init = text === undefined ? { method } : { method, body: text };
    const reply = await answer(new Request(url, init), url);
    return { status: reply.status, body: (await reply.json()) as Body };
  };
  return { ask, host };
}

test("a job is submitted once under its request id, listed and shown", async () => {
  const { ask } = await openApi();
  const first = await ask("POST", "", { graph, requestId: "r", client: "c" });
  expect(first).toMatchObject({ status: 201, body: { job: { requestId: "r", client: "c" } } });
  const { id } = first.body.job;
  const again = await ask("POST", "", { graph, requestId: "r", client: "c" });
  expect(again.body.job.id).toBe(id);
  expect((await ask("GET", "?limit=5")).body.jobs).toMatchObject([{ id }]);
  expect((await ask("GET", "?state=done")).body.jobs).toEqual([]);
  expect((await ask("GET", `/${id}`)).body.job).toMatchObject({ id, graph });
});

test("a client that comes back gets the events after the last one that it saw", async () => {
  const { ask, host } = await openApi();
  const { id } = (await ask("POST", "", { graph })).body.job;
  await host.started(1);
  host.runs[0]?.emit({ type: "node-started", nodeId: "a" });
  host.runs[0]?.emit({ type: "node-logged", nodeId: "a", text: "half" });
  const { body } = await ask("GET", `/${id}/events?after=1`);
  expect(body).toEqual({
    state: "running",
    events: [{ type: "node-logged", nodeId: "a", text: "half", seq: 2 }],
  });
  const waiting = ask("GET", `/${id}/events?after=2&wait=30`);
  host.runs[0]?.end({ type: "run-finished", ms: 1 });
  expect((await waiting).body).toEqual({
    state: "done",
    events: [{ type: "run-finished", ms: 1, seq: 3 }],
  });
});

test("a job is cancelled, retried and deleted", async () => {
  const { ask, host } = await openApi();
  await ask("POST", "", { graph });
  await host.started(1);
  const { id } = (await ask("POST", "", { graph })).body.job;
  expect((await ask("DELETE", `/${id}`)).status).toBe(404);
  expect((await ask("POST", `/${id}/cancel`)).status).toBe(200);
  expect((await ask("GET", `/${id}`)).body.job.state).toBe("cancelled");
  const retried = await ask("POST", `/${id}/retry`);
  expect(retried).toMatchObject({ status: 201, body: { job: { state: "queued" } } });
  expect((await ask("DELETE", `/${id}`)).status).toBe(200);
  expect((await ask("GET", `/${id}`)).status).toBe(404);
});

test("a job is moved, marked and found by its tag; the queue is paused and resumed", async () => {
  const { ask } = await openApi();
  await ask("POST", "/api/queue/pause");
  const one = (await ask("POST", "", { graph, tags: ["first"] })).body.job.id;
  const two = (await ask("POST", "", { graph })).body.job.id;
  expect((await ask("POST", `/${two}/move`, { before: one })).status).toBe(200);
  const order = (await ask("GET", "?state=queued&order=queue")).body.jobs;
  expect(order.map(({ id }) => id)).toEqual([two, one]);
  const marked = await ask("PATCH", `/${one}`, { name: "a try", isKept: true });
  expect(marked.body.job).toMatchObject({ name: "a try", isKept: true, tags: ["first"] });
  expect((await ask("GET", "?tag=first")).body.jobs).toMatchObject([{ id: one }]);
  expect((await ask("GET", "/api/queue")).body).toMatchObject({
    isPaused: true,
    counts: { queued: 2, running: 0 },
  });
  expect((await ask("POST", "/api/queue/resume")).body).toMatchObject({ isPaused: false });
});

test.each([
  ["POST", "", "{", 400, "protocol.message"],
  ["POST", "", "7", 400, "protocol.message"],
  ["POST", "", { graph, client: 7 }, 400, "protocol.message"],
  ["POST", "", { graph, outputs: "a" }, 400, "protocol.message"],
  ["POST", "", { graph: { format: "other" } }, 422, "graph.format"],
  ["POST", "", `"${"x".repeat(9 * 1024 * 1024)}"`, 413, "server.too-large"],
  ["GET", "?state=happy", undefined, 400, "protocol.message"],
  ["GET", "?limit=-1", undefined, 400, "protocol.message"],
  ["GET", "/none", undefined, 404, "jobs.unknown"],
  ["POST", "/none/cancel", undefined, 404, "jobs.unknown"],
  ["DELETE", "/none", undefined, 404, "jobs.unknown"],
  ["PUT", "", undefined, 405, "server.path"],
  ["POST", "/none/fly", undefined, 404, "server.path"],
  ["POST", "/none/move", {}, 404, "jobs.unknown"],
  ["PATCH", "/none", { isKept: true }, 404, "jobs.unknown"],
  ["PATCH", "/none", { isKept: "yes" }, 400, "protocol.message"],
  ["PATCH", "/none", { tags: [""] }, 400, "protocol.message"],
  ["GET", "/none/thumbnail", undefined, 404, "jobs.unknown"],
  ["GET", "/none/events?wait=31", undefined, 400, "protocol.message"],
])("%s %s is refused", async (method, path, body, status, code) => {
  const { ask } = await openApi();
  expect(await ask(method, path, body)).toMatchObject({ status, body: { error: { code } } });
});

test("a graph with issues is refused with all of them", async () => {
  const { ask } = await openApi();
  const empty = { ...graph, nodes: {} };
  expect(await ask("POST", "", { graph: empty })).toMatchObject({
    status: 422,
    body: { issues: [{ code: "graph.nothing-wanted" }] },
  });
});
