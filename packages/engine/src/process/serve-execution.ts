import { availableParallelism } from "node:os";
import { createMemoryStore } from "../cache/memory-store.ts";
import type { ResultStore } from "../cache/store.ts";
import { toWireError } from "../errors.ts";
import { runGraph } from "../execute/run-graph.ts";
import { type Device, defaultDevice } from "../node/device.ts";
import { migrateGraph } from "../node/migrate-graph.ts";
import type { Registry } from "../node/registry.ts";
import type { SessionPool } from "../runtime/session-pool.ts";
import type { ChildReply, ChildRequest } from "./child-messages.ts";

interface Service {
  readonly registry: Registry;
  readonly store: ResultStore;
  readonly pool: SessionPool;
  /** Ways to end the runs that are going on, by run id. */
  readonly running: Map<string, AbortController>;
}

function reply(message: ChildReply): void {
  // The channel may close at any moment; then nobody is left to tell.
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

async function run(
  { registry, store, pool, running }: Service,
  { runId, graph, outputs }: Extract<ChildRequest, { type: "run" }>,
): Promise<void> {
  const cancel = new AbortController();
  running.set(runId, cancel);
  const start = performance.now();
  try {
    await runGraph(graph, registry, {
      ...(outputs === undefined ? {} : { outputs }),
      signal: cancel.signal,
      store,
      open: pool.open,
      emit: (event) => reply({ ...event, runId }),
    });
    reply({ type: "run-finished", runId, ms: performance.now() - start });
  } catch (thrown) {
    if (cancel.signal.aborted) reply({ type: "run-cancelled", runId });
    else reply({ type: "run-failed", runId, error: toWireError(thrown) });
  } finally {
    running.delete(runId);
  }
}

/** A graph whose migration fails stays as it is: running it says why. */
function migrate(
  { registry }: Service,
  { requestId, graph }: Extract<ChildRequest, { type: "migrate" }>,
): void {
  try {
    reply({ type: "migrated", requestId, graph: migrateGraph(graph, registry.nodes) });
  } catch {
    reply({ type: "migrated", requestId, graph });
  }
}

/** Time for runs to end by themselves once nobody hears of them. */
const LEAVE_MS = 1000;

/** Ends this process, after what is being written has been written whole. */
function leave(running: ReadonlyMap<string, AbortController>): void {
  for (const cancel of running.values()) cancel.abort();
  setTimeout(() => process.exit(), LEAVE_MS);
  const look = (): void => void (running.size === 0 && process.exit());
  setInterval(look, 10);
  look();
}

export interface ExecutionOptions {
  /** @default the CPU in float32 */
  readonly device?: Device;
  /** Where results are kept between runs. @default this process's memory */
  openStore?(registry: Registry): ResultStore | Promise<ResultStore>;
}

function describe({ provider, precision }: Device): string {
  const name = provider === "cpu" ? `CPU, ${availableParallelism()} threads` : provider;
  return precision === "float32" ? name : `${name}, ${precision}`;
}

/**
 * Makes this process an execution process: it runs the graphs that its supervisor sends, keeps
 * results and sessions between runs, and ends when the supervisor is gone.
 * @param load Gives the node types; a failure is told to the supervisor.
 */
export async function serveExecution(
  load: () => Promise<Registry>,
  { device = defaultDevice, openStore = () => createMemoryStore() }: ExecutionOptions = {},
): Promise<void> {
  // Ctrl-C reaches the whole process group; the supervisor decides what it means.
  process.on("SIGINT", () => {});
  const running: Service["running"] = new Map();
  process.on("disconnect", () => leave(running));
  let registry: Registry;
  let store: ResultStore;
  let pool: SessionPool;
  let runtime: string;
  try {
    // Loaded here, because supervisors import this module as well and need no runtime.
    const { createSessionPool } = await import("../runtime/session-pool.ts");
    const { checkProvider, runtimeVersion } = await import("../runtime/providers.ts");
    await checkProvider(device.provider);
    pool = createSessionPool({ device });
    runtime = runtimeVersion();
    registry = await load();
    store = await openStore(registry);
  } catch (thrown) {
    reply({ type: "not-ready", error: toWireError(thrown) });
    return;
  }
  const service: Service = { registry, store, pool, running };
  process.on("message", (request: ChildRequest) => {
    if (request.type === "run") void run(service, request);
    else if (request.type === "cancel") service.running.get(request.runId)?.abort();
    else migrate(service, request);
  });
  const { catalogue, portCatalogue: portTypes } = registry;
  reply({ type: "ready", catalogue, portTypes, device: describe(device), runtime });
}
