import { expect, test } from "vitest";
import { EngineError } from "../../errors.ts";
import { openAnswerHost } from "../../host/child/open-answer-host.fixture.ts";
import type { HostFacts, ProcessMemory } from "../../host/execution-host.ts";
import { createApi } from "./answer-routes.ts";
import { healthRoutes } from "./health-routes.ts";

async function ask(
  path: string,
  facts: () => Promise<HostFacts>,
  memory: readonly ProcessMemory[] = [],
) {
  const read = async () => ({ text: "", contentType: "text/plain" });
  const metrics = { answered: () => {}, connected: () => {}, read };
  const url = new URL(path, "http://localhost");
  const host = { facts, memory: () => memory };
  const reply = await createApi(healthRoutes({ host, metrics }))(new Request(url), url);
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

const healthOf = (facts: () => Promise<HostFacts>) => ask("/health", facts);

test("memory is told of each process and of the machine", async () => {
  const memory = [{ device: "cpu", usedBytes: 3, limitBytes: 9 }];
  const { body } = await ask("/api/memory", () => new Promise(() => {}), memory);
  expect(body["processes"]).toEqual(memory);
  const { usedBytes, totalBytes } = body["machine"] as Record<string, number>;
  expect(usedBytes).toBeGreaterThan(0);
  expect(usedBytes).toBeLessThanOrEqual(totalBytes ?? 0);
});

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
