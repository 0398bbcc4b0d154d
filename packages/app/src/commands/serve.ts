import { mkdir } from "node:fs/promises";
import path from "node:path";
import { writeFault } from "@insightgraph/engine/cache";
import { toWireError } from "@insightgraph/engine/errors";
import { createReachGuard, type FileReach } from "@insightgraph/engine/execute";
import { type JobStore, openJobQueue, openSqliteJobStore } from "@insightgraph/engine/jobs";
import { defaultDevice, deviceName } from "@insightgraph/engine/node";
import { createModelAdditions, startServer } from "@insightgraph/engine/server";
import type { ServedAblations, ServedAblationsOptions } from "../ablation/served/open-ablations.ts";
import type { AddModelOptions } from "../add-model.ts";
import { appVersion } from "../app-version.ts";
import type { LibraryOptions } from "../browse/dataset-library.ts";
import { cleanPicture } from "../clean-picture.ts";
import { databaseOf } from "../dataset/tasks/open-work-places.ts";
import { deviceOptions, devicesOf, deviceUsage } from "../device-options.ts";
import { startExecution, startPool } from "../execution.ts";
import { exitCodes } from "../exit-codes.ts";
import { knownModels } from "../known-models.ts";
import { loadGraph, withGraphFiles } from "../load-graph.ts";
import { logJobs, logRequests, openLog } from "../log.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import {
  ablationsDir,
  callerDir,
  dataDir,
  editorDir,
  fromCaller,
  graphsDir,
  isCheckout,
  recordListsDir,
  runsDir,
  sharedStore,
  uploadsDir,
} from "../places.ts";
import { reportThrown } from "../report.ts";
import { openDocuments, openServedDocument } from "../serve-documents.ts";

/** What `insightgraph serve --help` prints. */
export const usage = `usage: insightgraph [serve] [GRAPH|PICTURE] [options]

Serves the editor's page with a graph file, with the graph that a saved PNG carries, or with graphs/insightedit.json.
Relative paths in the graph start in its file's folder, which is the workspace: graphs are opened and saved there. An
installed package serves its example in the folder where you stand.

  --host HOST      address to listen on (default 127.0.0.1, this machine only); any other needs the
                   token that is printed, or the one in INSIGHTGRAPH_TOKEN
  --allow-host NAME  also answer to this name of the machine
  --allow-path DIR  also let runs read and write in this folder (default: only in the graph's folder)
  --connect URL    keep jobs in a PostgreSQL database (postgres://USER@HOST/NAME), which servers of other
                   machines and folders share: one queue, one history, and every page follows every job;
                   better set as INSIGHTGRAPH_DATABASE where it holds a password
  --dataset SET    open the page at this data set, which may lie anywhere
  --concurrency N  jobs that run on a device at once (default 1)
  --port PORT      first port to try (default 7878); a taken one is passed over
  --nodes PLACE    also know the nodes of a .ts or .js file, or of a folder; this runs their code
${deviceUsage(19)}; --device may be given
                   several times: each device has a process of its own
  --keep-jobs N, --keep-days N, --keep-gigabytes N
                   how many jobs that are over stay, for how long, and in how much room (1000, 90, 2);
                   those marked with \`jobs keep\` stay besides
  --log-format FORMAT  text, or json: a line of JSON for each event, request and job
  --no-cache       keep no results on disk, and take none from there
`;

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw usageError(`--port ${text}: this is not a port`, "Use a number from 0 to 65535.");
}

function concurrencyFrom(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw usageError(`--concurrency ${text}: this is not a number of jobs`, "Use 1 to 64.");
}

function positiveFrom(option: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw usageError(`--${option} ${text}: this is not a positive number`, "Add --help.");
}

/** How much of the jobs that are over stays. */
function retentionFrom(values: {
  readonly "keep-jobs": string;
  readonly "keep-days": string;
  readonly "keep-gigabytes": string;
}) {
  return {
    maxEnded: Math.ceil(positiveFrom("keep-jobs", values["keep-jobs"])),
    maxAgeMs: positiveFrom("keep-days", values["keep-days"]) * 24 * 60 * 60 * 1000,
    maxBytes: positiveFrom("keep-gigabytes", values["keep-gigabytes"]) * 1024 ** 3,
  };
}

/**
 * Where runs that a page or a program asks for may read and write: in the workspace and the folders
 * that were allowed. They also read uploads and the pictures that ship.
 */
function reachOf(workDir: string, allowed: readonly string[]): FileReach {
  const write = [workDir, ...allowed];
  return { read: [...write, uploadsDir, graphsDir], write, except: [dataDir] };
}

/** A token of one's own: in the environment, because other users see a process's arguments. */
function tokenFromEnvironment(): { token?: string } {
  const token = process.env["INSIGHTGRAPH_TOKEN"];
  if (token === undefined || token === "") return {};
  if (/^[\w-]{16,}$/.test(token)) return { token };
  throw usageError(
    "INSIGHTGRAPH_TOKEN cannot be used",
    "use at least 16 letters, digits, hyphens or underscores.",
  );
}

/**
 * @param database Of PostgreSQL. Omitted: a file in the data folder
 * @param folder The workspace, whose jobs this server runs
 * Throws: `jobs.locked` if another server uses the data folder, or runs the workspace's jobs in the
 * database; `jobs.unavailable`, a failed write.
 */
async function openJobStore(database: string | undefined, folder: string): Promise<JobStore> {
  await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
    throw writeFault(dataDir, cause);
  });
  // It also holds the data folder for this server alone.
  const local = await openSqliteJobStore(path.join(dataDir, "jobs.db"));
  if (database === undefined) return local;
  try {
    const { openPostgresJobStore } = await import("@insightgraph/engine/postgres");
    const shared = await openPostgresJobStore(database, folder);
    return { ...shared, close: () => shared.close().finally(local.close) };
  } catch (thrown) {
    await local.close();
    throw thrown;
  }
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** What needs picture libraries or checkpoints: loaded when it is first asked for, so that the server starts sooner. */
const onDemand = {
  openAblations: async (options: ServedAblationsOptions) =>
    (await import("../ablation/served/open-ablations.ts")).openAblations(options),
  listModels: async () => (await import("../list-models.ts")).listModels(),
  addModel: async (options: AddModelOptions) => (await import("../add-model.ts")).addModel(options),
  makeThumbnail: async (picture: { readonly bytes: Uint8Array }) =>
    (await import("../make-thumbnail.ts")).makeThumbnail(picture),
  tiffToPng: async (bytes: Uint8Array) => (await import("../tiff-to-png.ts")).tiffToPng(bytes),
};

/** The data sets of the workspace, loaded when a page first asks for them. */
function createLibrary(options: LibraryOptions) {
  type Library = ReturnType<typeof import("../browse/dataset-library.ts").openDatasetLibrary>;
  let opened: Promise<Library> | undefined;
  return {
    open(): Promise<Library> {
      opened ??= import("../browse/dataset-library.ts").then((loaded) =>
        loaded.openDatasetLibrary(options),
      );
      return opened;
    },
    close: async () => (await opened)?.close(),
  };
}

/** What workers of the database do, opened when it is first asked for. */
function createCluster(database: string, log: (text: string) => void) {
  type Queue = Awaited<ReturnType<typeof import("@insightgraph/engine/tasks").openTaskQueue>>;
  let opened: Promise<Queue> | undefined;
  const open = async (): Promise<Queue> => {
    const { openTaskQueue } = await import("@insightgraph/engine/tasks");
    return openTaskQueue(database, log);
  };
  return {
    open(): Promise<Queue> {
      opened ??= open().catch((thrown: unknown) => {
        opened = undefined;
        throw thrown;
      });
      return opened;
    },
    close: async () => (await opened)?.close(),
  };
}

/** What follows the server's address where the page is to open a data set. */
function addressOf(dataset: string | undefined): string {
  return dataset === undefined ? "" : `#dataset=${encodeURIComponent(dataset)}`;
}

/** Runs `insightgraph serve`. @returns the exit code. Throws: command.usage, file.*, graph.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "7878" },
    "allow-host": { type: "string", multiple: true, default: [] },
    nodes: { type: "string", multiple: true, default: [] },
    "allow-path": { type: "string", multiple: true, default: [] },
    dataset: { type: "string" },
    concurrency: { type: "string", default: "1" },
    connect: { type: "string" },
    "no-cache": { type: "boolean", default: false },
    "log-format": { type: "string" },
    "keep-jobs": { type: "string", default: "1000" },
    "keep-days": { type: "string", default: "90" },
    "keep-gigabytes": { type: "string", default: "2" },
    ...deviceOptions,
    device: { type: "string", multiple: true, default: [] },
  });
  const [given, surplus] = positionals;
  if (surplus !== undefined)
    throw usageError(`"${surplus}" is one argument too many`, "Add --help.");
  const port = portFrom(values.port);
  const structured = openLog(values["log-format"]);
  const log = structured.text;
  const file = given ?? path.join(graphsDir, "insightedit.json");
  const graph = await loadGraph(file);
  // An installed package holds examples; what people make of them belongs into their own folder.
  const isExample = given === undefined && !isCheckout;
  const workDir = isExample ? callerDir : path.dirname(fromCaller(file));
  const database = databaseOf(values.connect);
  const nodePlaces = values.nodes.map(fromCaller);
  const store = await openJobStore(database, workDir);
  const cluster = database === undefined ? undefined : createCluster(database, log);
  const devices = devicesOf(values);
  const concurrency = concurrencyFrom(values.concurrency);
  const dataset = values.dataset === undefined ? undefined : fromCaller(values.dataset);
  const allowedDirs = values["allow-path"].map(fromCaller);
  const reach = reachOf(workDir, dataset === undefined ? allowedDirs : [...allowedDirs, dataset]);
  const { mayRead } = createReachGuard(reach);
  const library = createLibrary({ folder: workDir, reach, indexes: recordListsDir });
  const host = startPool(devices, {
    folder: workDir,
    isWithoutCache: values["no-cache"],
    keepsEarlier: true,
    reach,
    nodePlaces,
  });
  const documents = await openDocuments({ folder: workDir, host, log, mayRead });
  let isClosing = false;
  // One that is closed while it starts is no fault.
  host.facts().catch((thrown: unknown) => isClosing || reportThrown(thrown));
  try {
    const jobs = await openJobQueue({
      ...{ store, folder: workDir, host, log, makeThumbnail: onDemand.makeThumbnail },
      retention: retentionFrom(values),
      devices: devices.map((device) => ({ name: deviceName(device), concurrency })),
    });
    logJobs(jobs, structured);
    const served = { documents, host, file: fromCaller(file), graph, workDir };
    const openServed = (): Promise<string> => openServedDocument(served);
    const [device = defaultDevice] = devices;
    const startHost = () =>
      startExecution({
        ...{ folder: workDir, isWithoutCache: values["no-cache"], isRecorded: false },
        ...{ device, nodePlaces },
        reach: {
          ...reach,
          read: [...reach.read, ablationsDir],
          write: [...reach.write, ablationsDir],
        },
      });
    let opening: Promise<ServedAblations> | undefined;
    const ablations = (): Promise<ServedAblations> => {
      opening ??= onDemand.openAblations({
        ...{ folder: ablationsDir, workDir, device, log, startHost },
        ...{ facts: host.facts, mayRead },
        ...(cluster !== undefined && sharedStore !== undefined
          ? { shared: { openQueue: cluster.open, store: sharedStore, nodePlaces, log } }
          : {}),
      });
      return opening;
    };
    const server = await startServer({
      host,
      jobs,
      documents,
      openServed,
      graph,
      graphName: graph.name ?? path.basename(file, ".json"),
      workspace: workDir,
      version: await appVersion(),
      resolve: (opened) => withGraphFiles(opened, [workDir], mayRead),
      ablations,
      ...(cluster && { cluster: cluster.open }),
      log,
      onAnswered: logRequests(structured),
      listModels: onDemand.listModels,
      knownModels,
      additions: createModelAdditions((request, { signal, onProgress }) =>
        onDemand.addModel({
          ...{ ...request, signal, mayRead, from: workDir },
          onProgress: ({ allDone, allTotal }) => onProgress(allDone, allTotal),
        }),
      ),
      mayRead,
      allowedDirs,
      datasets: library.open,
      editorDir,
      uploadsDir,
      pictureDirs: [graphsDir, workDir],
      outputDirs: [...reach.write, runsDir],
      cleanPicture,
      tiffToPng: onDemand.tiffToPng,
      workDir,
      address: values.host,
      allowedHosts: values["allow-host"].map((name) => name.toLowerCase()),
      ...tokenFromEnvironment(),
      port,
    });
    console.log(`InsightGraph is ready: ${server.url}${addressOf(dataset)}`);
    // Also for those that ask over HTTP alone; a page that connects learns what went wrong.
    openServed().catch(() => {});
    ablations().catch((thrown: unknown) => log(`ablations: ${toWireError(thrown).what}`));
    await untilInterrupted();
    isClosing = true;
    jobs.close();
    await server.close();
    await (await ablations()).close();
  } finally {
    await library.close();
    await cluster?.close();
    await host.close();
    await documents.end();
    await store.close();
  }
  return exitCodes.done;
}
