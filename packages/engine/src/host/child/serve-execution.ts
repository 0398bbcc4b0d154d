import { availableParallelism } from "node:os";
import { createMemoryStore } from "../../cache/memory-store.ts";
import type { ResultStore } from "../../cache/store.ts";
import { EngineError, toWireError } from "../../errors.ts";
import type { FileReach } from "../../execute/file-reach.ts";
import type { KeepValue } from "../../execute/kept-value.ts";
import { callGraph, runGraph } from "../../execute/run-graph.ts";
import type { GraphDocument, Json } from "../../graph/document.ts";
import { type Device, defaultDevice, deviceName } from "../../node/device.ts";
import { migrateGraph } from "../../node/migrate-graph.ts";
import type { Registry } from "../../node/registry.ts";
import type { RunEnding } from "../../protocol/run-event.ts";
import type { SessionPool } from "../../runtime/session-pool.ts";
import { gatherEvents } from "./gather-events.ts";
import type { ChildReply, ChildRequest } from "./messages.ts";
import { watchProcess } from "./watch-process.ts";

/** Keeps what runs give for their named outputs. */
export interface OutputKeeper {
  readonly keep: KeepValue;
  /** Ends a run: what it kept, by the names of the outputs. @param place As the request says it */
  write(kept: Readonly<Record<string, unknown>>, place: Json): Promise<void>;
}

/** What an execution process computes on, and where it keeps results. */
export interface ExecutionOptions {
  /** @default the CPU in float32 */
  readonly device?: Device;
  /** Most bytes of weights of the networks that stay open. @default half of the machine's memory */
  readonly maxSessionBytes?: number;
  /** Where results are kept between runs. @default this process's memory */
  openStore?(registry: Registry): ResultStore | Promise<ResultStore>;
  /** Where nodes may read and write. @default wherever the user may */
  readonly reach?: FileReach;
  /** Tells files that earlier runs of a graph wrote, which its next run may replace. @default none are */
  isOwnFile?(graph: GraphDocument, nodeId: string, file: string): Promise<boolean>;
  /** Whether numbered files never replace those of earlier runs. @default false */
  readonly keepsEarlier?: boolean;
  /** For runs that ask for it. @default none, and they fail */
  readonly keeper?: OutputKeeper;
}

interface Service {
  readonly registry: Registry;
  readonly store: ResultStore;
  readonly pool: SessionPool;
  /** Version of ONNX Runtime. */
  readonly runtime: string;
  readonly isOwnFile: NonNullable<ExecutionOptions["isOwnFile"]>;
  readonly keepsEarlier: boolean;
  readonly keeper: OutputKeeper | undefined;
  readonly reach: FileReach | undefined;
  /** Where relative paths in graphs start. */
  readonly folder: string;
}

interface ServiceOptions extends Required<Pick<ExecutionOptions, "device" | "openStore">> {
  readonly maxSessionBytes: number | undefined;
}

/** Runs going on, by id, each with the way to cancel it. */
type Cancels = Map<string, AbortController>;

type RequestOf<Type extends ChildRequest["type"]> = Extract<ChildRequest, { type: Type }>;

/** Time for runs to end by themselves once the supervisor is gone. */
const leaveMs = 1000;

function reply(message: ChildReply): void {
  // The channel may close at any moment; then there is nobody left to receive this.
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

/** Makes a folder the current one, also where another one has taken the place of the first. Throws: `file.unreadable`. */
function enter(folder: string): void {
  try {
    process.chdir(folder);
  } catch (cause) {
    throw new EngineError("file.unreadable", `the folder "${folder}" is not there`, {
      hint: "Bring it back, then run the graph again.",
      cause,
    });
  }
}

async function run(
  { registry, store, pool, isOwnFile, keepsEarlier, keeper, reach, folder }: Service,
  cancels: Cancels,
  { runId, graph, outputs, hasPreviews = true, keep }: RequestOf<"run">,
): Promise<void> {
  const cancel = new AbortController();
  cancels.set(runId, cancel);
  const startMs = performance.now();
  const events = gatherEvents((some) => reply({ type: "run-events", runId, events: some }));
  const end = (ending: RunEnding): void => {
    events.flush();
    reply({ ...ending, runId });
  };
  try {
    enter(folder);
    const options = {
      signal: cancel.signal,
      store,
      open: pool.open,
      device: pool.device,
      isOwnFile: (file: string, nodeId: string) => isOwnFile(graph, nodeId, file),
      keepsEarlier,
      hasPreviews,
      ...(reach === undefined ? {} : { reach }),
      emit: events.add,
    };
    if (keep === undefined) {
      await runGraph(graph, registry, {
        ...options,
        ...(outputs === undefined ? {} : { outputs }),
      });
    } else {
      if (keeper === undefined) throw new TypeError("this process keeps no outputs");
      await keeper.write(
        await callGraph(graph, registry, {}, { ...options, keep: keeper.keep }),
        keep,
      );
    }
    end({ type: "run-finished", ms: performance.now() - startMs });
  } catch (thrown) {
    if (cancel.signal.aborted) end({ type: "run-cancelled" });
    else end({ type: "run-failed", error: toWireError(thrown) });
  } finally {
    cancels.delete(runId);
  }
}

/** A graph whose migration fails stays as it is: running it reports why. */
function migrate({ registry }: Service, { requestId, graph }: RequestOf<"migrate">): void {
  try {
    reply({ type: "migrated", requestId, graph: migrateGraph(graph, registry.nodes) });
  } catch {
    reply({ type: "migrated", requestId, graph });
  }
}

/** Ends this process as soon as its runs have ended, so that no file is left half written. */
function leave(cancels: Cancels): void {
  for (const cancel of cancels.values()) cancel.abort();
  setTimeout(() => process.exit(), leaveMs);
  const exitWhenIdle = (): void => void (cancels.size === 0 && process.exit());
  setInterval(exitWhenIdle, 10);
  exitWhenIdle();
}

function describe(device: Device): string {
  const { provider, precision } = device;
  const name = provider === "cpu" ? `CPU, ${availableParallelism()} threads` : deviceName(device);
  return precision === "float32" ? name : `${name}, ${precision}`;
}

async function openService(
  load: () => Promise<Registry>,
  { device, maxSessionBytes, openStore }: ServiceOptions,
): Promise<Pick<Service, "registry" | "store" | "pool" | "runtime">> {
  // Imported here because supervisors import this module too and need no runtime.
  const { createSessionPool } = await import("../../runtime/session-pool.ts");
  const { checkDevice, runtimeVersion } = await import("../../runtime/providers.ts");
  await checkDevice(device);
  const registry = await load();
  const store = await openStore(registry);
  const limit = maxSessionBytes === undefined ? {} : { maxBytes: maxSessionBytes };
  const pool = createSessionPool({ device, ...limit });
  return { registry, store, pool, runtime: runtimeVersion() };
}

/**
 * Makes this process an execution process: it runs the graphs that its supervisor sends, keeps
 * results and sessions between runs, and ends when the supervisor is gone.
 * @param load Returns the node types; a failure is reported to the supervisor.
 */
export async function serveExecution(
  load: () => Promise<Registry>,
  {
    device = defaultDevice,
    maxSessionBytes,
    openStore = () => createMemoryStore(),
    isOwnFile = async () => false,
    keepsEarlier = false,
    keeper,
    reach,
  }: ExecutionOptions = {},
): Promise<void> {
  const folder = process.cwd();
  // Ctrl-C reaches the whole process group; the supervisor decides what it means.
  process.on("SIGINT", () => {});
  watchProcess();
  // A supervisor that is gone reads no errors.
  process.stderr.on("error", () => {});
  const cancels: Cancels = new Map();
  process.on("disconnect", () => leave(cancels));
  let service: Service;
  try {
    const opened = await openService(load, { device, maxSessionBytes, openStore });
    service = { ...opened, isOwnFile, keepsEarlier, keeper, reach, folder };
  } catch (thrown) {
    reply({ type: "not-ready", error: toWireError(thrown) });
    return;
  }
  process.on("message", (request: ChildRequest) => {
    if (request.type === "run") void run(service, cancels, request);
    else if (request.type === "cancel") cancels.get(request.runId)?.abort();
    else migrate(service, request);
  });
  const { registry, runtime } = service;
  const { catalogue, portCatalogue: portTypes } = registry;
  const devices = [deviceName(device)];
  reply({ type: "ready", catalogue, portTypes, device: describe(device), devices, runtime });
}
