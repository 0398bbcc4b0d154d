import { availableMemory } from "node:process";
import { setImmediate } from "node:timers/promises";
import { toWireError } from "../../errors.ts";
import { machineBytes } from "../../host/child/watch-beats.ts";
import type { ExecutionHost } from "../../host/execution-host.ts";
import type { ReadGpuMemory } from "../../host/gpu-memory.ts";
import type { Metrics } from "../metrics.ts";
import { jsonReply } from "../replies.ts";
import { contentHeaders } from "../security-headers.ts";
import { listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** Whether graphs can run; never waits for a process that is starting. */
async function executionOf(host: Pick<ExecutionHost, "facts">) {
  const ready = host.facts().then(
    () => ({ execution: "ready" as const }),
    (thrown: unknown) => ({ execution: "failed" as const, error: toWireError(thrown) }),
  );
  return Promise.race([ready, setImmediate({ execution: "starting" as const })]);
}

const execution = { enum: ["starting", "ready", "failed"] };

/** Operations for whoever watches over the server. */
export function healthRoutes({
  host,
  metrics,
  gpuMemory,
}: {
  readonly host: Pick<ExecutionHost, "facts" | "memory">;
  readonly metrics: Metrics;
  readonly gpuMemory: ReadGpuMemory;
}): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/health",
      summary: "Whether the server answers and its execution process can start; needs no token.",
      responses: {
        200: json("The server answers, and graphs run or will run soon.", { execution }),
        503: json("No graph can run.", { execution, error: ref("Error") }),
      },
      async answer() {
        const health = await executionOf(host);
        return jsonReply(health.execution === "failed" ? 503 : 200, health);
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/memory",
      summary: "Memory of the execution processes, of their GPUs and of the machine.",
      responses: {
        200: json("The memory.", {
          processes: listOf(ref("ProcessMemory")),
          machine: ref("MachineMemory"),
        }),
      },
      async answer() {
        const totalBytes = machineBytes();
        const machine = { usedBytes: Math.max(0, totalBytes - availableMemory()), totalBytes };
        const processes = host.memory().map(async (own) => ({
          ...own,
          // JSON leaves out what is undefined: a process on the CPU has no GPU.
          gpu: await gpuMemory(own.device),
        }));
        return jsonReply(200, { processes: await Promise.all(processes), machine });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/metrics",
      summary: "Counts for Prometheus.",
      responses: { 200: { description: "The counts.", mediaType: "text/plain" } },
      async answer() {
        const { text, contentType } = await metrics.read();
        return new Response(text, { headers: { ...contentHeaders, "content-type": contentType } });
      },
    }),
  ];
}
