import { expect, test } from "vitest";
import { EngineError } from "../../errors.ts";
import { openAnswerHost } from "../../host/child/open-answer-host.fixture.ts";
import type { HostFacts } from "../../host/execution-host.ts";
import { createApi } from "./answer-routes.ts";
import { healthRoutes } from "./health-routes.ts";

async function healthOf(facts: () => Promise<HostFacts>) {
  const read = async () => ({ text: "", contentType: "text/plain" });
  const metrics = { answered: () => {}, connected: () => {}, read };
  const url = new URL("http://localhost/health");
  const reply = await createApi(healthRoutes({ host: { facts }, metrics }))(new Request(url), url);
  return { status: reply.status, body: await reply.json() };
}

test("a server is healthy while its execution process starts, and when it is ready", async () => {
  expect(await healthOf(() => new Promise(() => {}))).toEqual({
    status: 200,
    body: { execution: "starting" },
  });
  const host = openAnswerHost();
  await host.facts();
  expect(await healthOf(host.facts)).toEqual({ status: 200, body: { execution: "ready" } });
  await host.close();
});

test("a server without an execution process is not", async () => {
  const lost = new EngineError("process.lost", "gone", { hint: "H." });
  expect(await healthOf(() => Promise.reject(lost))).toMatchObject({
    status: 503,
    body: { execution: "failed", error: { code: "process.lost" } },
  });
});
