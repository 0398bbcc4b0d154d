import { stderr, stdout } from "node:process";
import type { ExecutionHost } from "@insightgraph/engine/host";
import {
  afterTaking,
  type ClaimedTask,
  nothingOpen,
  type WorkerMeans,
} from "@insightgraph/engine/tasks";
import { type AblationDescription, cellWork } from "../ablation/cell-tasks.ts";
import { parseCount } from "../dataset/dataset-options.ts";
import { type DatasetDescription, datasetWork } from "../dataset/tasks/dataset-tasks.ts";
import { offeredModels } from "../dataset/tasks/models-in.ts";
import { openWorkPlaces, workOptions } from "../dataset/tasks/open-work-places.ts";
import { patiently, pause } from "../dataset/tasks/patiently.ts";
import { type OpenWork, runTask, type Worker } from "../dataset/tasks/run-task.ts";
import type { WorkerTools } from "../dataset/tasks/task-kind.ts";
import { showWorker, type WorkerSigns } from "../dataset/tasks/worker-signs.ts";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { digestOfPlaces } from "../digest-of-places.ts";
import { startExecution } from "../execution.ts";
import { exitCodes } from "../exit-codes.ts";
import { runtimeOf } from "../manifest/make-manifest.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { callerDir, fromCaller } from "../places.ts";
import { untilInterrupt } from "../until-interrupt.ts";

/** What `--help` prints. */
export const usage = `usage: insightgraph worker --connect URL --store PLACE [options]

Takes tasks of every \`dataset run --connect\` and \`ablate --connect\` on that database, until it is stopped. On SIGTERM and Ctrl-C it commits what
is done and gives back the rest. docs/cluster.md shows workers under SLURM, Kubernetes and ssh.

  --connect URL         the PostgreSQL database (or INSIGHTGRAPH_DATABASE)
  --store PLACE         where files are shared: a folder, or s3://BUCKET/PREFIX (or INSIGHTGRAPH_STORE)
  --idle SECONDS        end after so long without a task; else wait for more
  --models NAME,…       take only runs that need no other models than these; else all that are there
  --nodes PLACE         also know the nodes of a file or folder; this runs their code
${deviceUsage(24)}
  --no-cache            keep no results on disk
`;

type RunDescription = AblationDescription | DatasetDescription;

/** Time between two looks for a task: soon after the last one, and later. */
const soonMs = 250;
const lookMs = 1000;
/** How long a worker without a task looks often. */
const hastyMs = 60_000;
/** At each of so many looks in vain, the worker tells which runs it leaves alone. */
const looksPerNotice = 30;

/** What is taken, told in lines. */
function tell(text: string): void {
  stdout.write(`${text}\n`);
}

const refusals = {
  nodes: "it has other node types; start a worker with its --nodes",
  protocol: "another version of InsightGraph began it",
} as const;

/** Tells of each run that the worker leaves alone, once. */
function createRefusalNotice({ queue, log }: Worker, { means }: WorkerSigns): () => Promise<void> {
  const told = new Set<string>();
  return async () => {
    for (const { run, reason } of await queue.refused(await means())) {
      if (!told.has(run)) log(`${run} is left alone: ${refusals[reason]}`);
      told.add(run);
    }
  };
}

/** Claims and runs tasks until the signal, or until there was none for a time. */
async function work(
  worker: Worker,
  tools: WorkerTools,
  signs: WorkerSigns,
  idleMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { queue, log } = worker;
  let open = nothingOpen;
  let idleSinceMs = performance.now();
  let looks = 0;
  const tellRefused = createRefusalNotice(worker, signs);
  const claim = (): Promise<ClaimedTask | undefined> =>
    patiently(async () => queue.claim(await signs.means(), open), signal, log);
  while (!signal.aborted) {
    const task = await claim();
    const about = task && (await patiently(() => queue.description(task.run), signal, log));
    if (task === undefined || about === undefined) {
      if (looks % looksPerNotice === 0) await patiently(tellRefused, signal, log);
      looks += 1;
      const idledMs = performance.now() - idleSinceMs;
      if (idledMs > idleMs) return;
      await pause(idledMs < hastyMs ? soonMs : lookMs, signal);
      continue;
    }
    const startMs = performance.now();
    open = afterTaking(task, open);
    signs.began(task);
    const description = about as unknown as RunDescription;
    const openWork: OpenWork = async (folder, files) =>
      description.kind === "dataset"
        ? datasetWork(tools, task, description, folder, files)
        : cellWork(tools, task, description, folder, files);
    const ending = await runTask(worker, task, openWork, signal);
    signs.ended(ending);
    idleSinceMs = performance.now();
    const { done, failed, left, isLost } = ending;
    const seconds = ((idleSinceMs - startMs) / 1000).toFixed(1);
    const whose = isLost ? "; another worker has it now" : "";
    tell(`${task.run}: ${done} done, ${failed} failed, ${left} given back in ${seconds} s${whose}`);
  }
}

/** How a worker is to work. */
interface WorkOptions {
  /** Digest of the node types from outside the pack. */
  readonly nodes: string | undefined;
  readonly models: () => Promise<readonly string[]>;
  readonly idleMs: number;
}

async function workOn(
  host: ExecutionHost,
  places: Awaited<ReturnType<typeof openWorkPlaces>>,
  { nodes, models, idleMs }: WorkOptions,
): Promise<void> {
  const facts = await host.facts();
  const runtime = await runtimeOf(facts, nodes);
  const { queue, objects } = places;
  const log = (text: string): void => void stderr.write(`${text}\n`);
  const tools = { catalogue: facts.catalogue, runtime };
  tell(`a worker on ${facts.device} takes tasks`);
  const computer = { device: facts.device, name: facts.devices[0] ?? "cpu" };
  const notice = "committing what is done, and giving back the rest";
  const means = async (): Promise<WorkerMeans> => ({
    nodes: nodes ?? "",
    models: await models(),
  });
  const signs = await showWorker(queue, computer, means);
  const worker = { queue, objects, host, log, settled: signs.settled };
  try {
    await untilInterrupt(notice, (signal) => work(worker, tools, signs, idleMs, signal));
  } finally {
    await signs.close();
  }
}

/** Runs `insightgraph worker`. @returns the exit code. Throws: command.usage, jobs.unavailable, objects.place. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...workOptions,
    idle: { type: "string" },
    models: { type: "string" },
    nodes: { type: "string", multiple: true, default: [] as string[] },
    "no-cache": { type: "boolean", default: false },
    ...deviceOptions,
  });
  const [surplus] = positionals;
  if (surplus !== undefined) throw usageError(`"${surplus}" is too much`, "Run it with --help.");
  const idle = values.idle === undefined ? undefined : parseCount("idle", values.idle);
  const nodePlaces = values.nodes.map(fromCaller);
  const device = deviceOf(values);
  const models = await offeredModels(values.models);
  const places = await openWorkPlaces(values);
  const host = startExecution({
    ...{ folder: callerDir, isRecorded: false, isWithoutCache: values["no-cache"] },
    ...{ device, nodePlaces },
  });
  try {
    const idleMs = idle === undefined ? Number.POSITIVE_INFINITY : idle * 1000;
    await workOn(host, places, { nodes: await digestOfPlaces(nodePlaces), models, idleMs });
    return exitCodes.done;
  } finally {
    await host.close();
    await places.queue.close();
  }
}
