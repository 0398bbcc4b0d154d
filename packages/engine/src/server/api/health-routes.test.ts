import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EngineError } from "../../errors.ts";
import { openAnswerHost } from "../../host/child/open-answer-host.fixture.ts";
import type { HostFacts, ProcessMemory } from "../../host/execution-host.ts";
import { createGpuMemory } from "../../host/gpu-memory.ts";
import { type FakeNvidiaSmi, fakeNvidiaSmi } from "../../host/nvidia-smi.fixture.ts";
import { createApi } from "./answer-routes.ts";
import { healthRoutes } from "./health-routes.ts";

let driver: FakeNvidiaSmi;
beforeAll(async () => {
  driver = await fakeNvidiaSmi();
  await driver.install("echo '0, GPU-0, NVIDIA T4, 2, 8'");
});
afterAll(() => rm(driver.folder, { recursive: true }));

async function ask(
  path: string,
  facts: () => Promise<HostFacts>,
  memory: readonly ProcessMemory[] = [],
) {
  const read = async () => ({ text: "", contentType: "text/plain" });
  const metrics = { answered: () => {}, connected: () => {}, read };
  const url = new URL(path, "http://localhost");
  const host = { facts, memory: () => memory };
  const gpuMemory = createGpuMemory(() => 0, driver.env);
  const reply = await createApi(healthRoutes({ host, metrics, gpuMemory }))(new Request(url), url);
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

const healthOf = (facts: () => Promise<HostFacts>) => ask("/health", facts);

test("memory is told of each process, of its GPU where that is known, and of the machine", async () => {
  const memory = ["cpu", "cuda", "webgpu"].map((device) => {
    return { device, usedBytes: 3, limitBytes: 9 };
  });
  const { body } = await ask("/api/memory", () => new Promise(() => {}), memory);
  expect(body["processes"]).toEqual([
    memory[0],
    { ...memory[1], gpu: { usedBytes: 2 ** 21, totalBytes: 2 ** 23 } },
    { ...memory[2], gpu: null },
  ]);
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
