import path from "node:path";
import { toWireError } from "@insightgraph/engine/errors";
import { createReachGuard, type FileReach } from "@insightgraph/engine/execute";
import type { GraphDocument } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import { openJobQueue } from "@insightgraph/engine/jobs";
import { defaultDevice, deviceName } from "@insightgraph/engine/node";
import { createModelAdditions, type ServerOptions, startServer } from "@insightgraph/engine/server";
import { appVersion } from "../app-version.ts";
import { cleanPicture } from "../clean-picture.ts";
import { deviceUsage } from "../device-options.ts";
import { startExecution, startPool } from "../execution.ts";
import { exitCodes } from "../exit-codes.ts";
import { knownModels } from "../known-models.ts";
import { loadGraph, withGraphFiles } from "../load-graph.ts";
import { logJobs, logRequests, openLog } from "../log.ts";
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
import { onDemand } from "../serve/on-demand.ts";
import { openJobStore } from "../serve/open-job-store.ts";
import { openOnce } from "../serve/open-once.ts";
import { parseServe, type ServeOptions } from "../serve/serve-options.ts";
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

/**
 * Where runs that a page or a program asks for may read and write: in the workspace and the folders
 * that were allowed. They also read uploads and the pictures that ship.
 */
function reachOf(workDir: string, allowed: readonly string[]): FileReach {
  const write = [workDir, ...allowed];
  return { read: [...write, uploadsDir, graphsDir], write, except: [dataDir] };
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** What follows the server's address where the page is to open a data set. */
function addressOf(dataset: string | undefined): string {
  return dataset === undefined ? "" : `#dataset=${encodeURIComponent(dataset)}`;
}

/** What is served, and where. */
interface Workspace {
  readonly file: string;
  readonly graph: GraphDocument;
  readonly folder: string;
  readonly reach: FileReach;
  readonly mayRead: ReturnType<typeof createReachGuard>["mayRead"];
}

async function openWorkspace({
  file: given,
  dataset,
  allowedDirs,
}: ServeOptions): Promise<Workspace> {
  const file = given ?? path.join(graphsDir, "insightedit.json");
  const graph = await loadGraph(file);
  // An installed package holds examples; what people make of them belongs into their own folder.
  const isExample = given === undefined && !isCheckout;
  const folder = isExample ? callerDir : path.dirname(fromCaller(file));
  const reach = reachOf(folder, dataset === undefined ? allowedDirs : [...allowedDirs, dataset]);
  const { mayRead } = createReachGuard(reach);
  return { file, graph, folder, reach, mayRead };
}

/** What a server has beside its jobs: ablations, data sets, and workers where they share a database. */
function createServices(
  { database, devices, isWithoutCache, nodePlaces }: ServeOptions,
  { folder, reach, mayRead }: Workspace,
  facts: ExecutionHost["facts"],
  log: (text: string) => void,
) {
  const [device = defaultDevice] = devices;
  const cluster =
    database === undefined ? undefined : openOnce(() => onDemand.openTaskQueue(database, log));
  const startHost = () =>
    startExecution({
      ...{ folder, isWithoutCache, isRecorded: false, device, nodePlaces },
      reach: {
        ...reach,
        read: [...reach.read, ablationsDir],
        write: [...reach.write, ablationsDir],
      },
    });
  return {
    cluster,
    library: openOnce(() => onDemand.openLibrary({ folder, reach, indexes: recordListsDir })),
    ablations: openOnce(() =>
      onDemand.openAblations({
        ...{ folder: ablationsDir, workDir: folder, device, log, startHost, facts, mayRead },
        ...(cluster !== undefined && sharedStore !== undefined
          ? { shared: { openQueue: cluster.open, store: sharedStore, nodePlaces, log } }
          : {}),
      }),
    ),
  };
}

/** What pages and programs may ask of this machine's models and files. */
function siteOf(options: ServeOptions, { folder, reach, mayRead }: Workspace) {
  return {
    listModels: onDemand.listModels,
    knownModels,
    additions: createModelAdditions((request, { signal, onProgress }) =>
      onDemand.addModel({
        ...{ ...request, signal, mayRead, from: folder },
        onProgress: ({ allDone, allTotal }) => onProgress(allDone, allTotal),
      }),
    ),
    mayRead,
    allowedDirs: options.allowedDirs,
    editorDir,
    uploadsDir,
    pictureDirs: [graphsDir, folder],
    outputDirs: [...reach.write, runsDir],
    cleanPicture,
    tiffToPng: onDemand.tiffToPng,
    workDir: folder,
    ...{ address: options.address, allowedHosts: options.allowedHosts, ...options.token },
    port: options.port,
  } satisfies Partial<ServerOptions>;
}

/** Runs `insightgraph serve`. @returns the exit code. Throws: command.usage, file.*, graph.*. */
export async function run(args: readonly string[]): Promise<number> {
  const options = parseServe(args);
  const structured = openLog(options.logFormat);
  const log = structured.text;
  const workspace = await openWorkspace(options);
  const { file, graph, folder, reach, mayRead } = workspace;
  const { devices, concurrency, nodePlaces, isWithoutCache, retention } = options;
  const store = await openJobStore(options.database, folder);
  const host = startPool(devices, {
    ...{ folder, isWithoutCache, keepsEarlier: true, reach, nodePlaces },
  });
  const { cluster, library, ablations } = createServices(options, workspace, host.facts, log);
  const documents = await openDocuments({ folder, host, log, mayRead });
  let isClosing = false;
  // One that is closed while it starts is no fault.
  host.facts().catch((thrown: unknown) => isClosing || reportThrown(thrown));
  try {
    const jobs = await openJobQueue({
      ...{ store, folder, host, log, retention, makeThumbnail: onDemand.makeThumbnail },
      devices: devices.map((device) => ({ name: deviceName(device), concurrency })),
    });
    logJobs(jobs, structured);
    const served = { documents, host, file: fromCaller(file), graph, workDir: folder };
    const openServed = (): Promise<string> => openServedDocument(served);
    const server = await startServer({
      ...siteOf(options, workspace),
      ...{ host, jobs, documents, openServed, graph, workspace: folder, log },
      graphName: graph.name ?? path.basename(file, ".json"),
      version: await appVersion(),
      resolve: (opened) => withGraphFiles(opened, [folder], mayRead),
      ...{ ablations: ablations.open, datasets: library.open },
      ...(cluster && { cluster: cluster.open }),
      onAnswered: logRequests(structured),
    });
    console.log(`InsightGraph is ready: ${server.url}${addressOf(options.dataset)}`);
    // Also for those that ask over HTTP alone; a page that connects learns what went wrong.
    openServed().catch(() => {});
    ablations.open().catch((thrown: unknown) => log(`ablations: ${toWireError(thrown).what}`));
    await untilInterrupted();
    isClosing = true;
    jobs.close();
    await server.close();
    await ablations.close();
  } finally {
    await library.close();
    await cluster?.close();
    await host.close();
    await documents.end();
    await store.close();
  }
  return exitCodes.done;
}
