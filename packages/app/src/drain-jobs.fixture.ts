import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { type CommandLine, createCommandLine } from "./command-line.fixture.ts";
import { type Served, serve } from "./served-jobs.fixture.ts";
import { openServerClient, type ServerClient } from "./server-client.ts";

/** How many jobs are drained, and how. */
export interface DrainOptions {
  readonly jobs: number;
  /** How often server or execution process are killed meanwhile, in turns. */
  readonly kills: number;
  /** How long a job's node takes. */
  readonly jobMs: number;
  /** The longest time between two kills. */
  readonly betweenMs: number;
  /** Whether all jobs are submitted before the first one runs. @default a few before each kill */
  readonly isQueuedFirst?: boolean;
  /** Is called once all jobs wait, if they are queued first. */
  readonly onQueued?: (client: ServerClient) => Promise<void>;
}

/** What became of the jobs. */
export interface Drained {
  readonly submitted: number;
  /** Jobs, retries included, that are done. */
  readonly done: number;
  /** Requests of which no job is done. */
  readonly lost: number;
  /** Requests of which several jobs are done. */
  readonly doubled: number;
  /** Different nodes that ran to their end. */
  readonly ran: number;
}

/** A node that takes a moment and leaves a line in a file each time it runs to its end. */
function slowNode(log: string, ms: number): string {
  return `import { appendFileSync } from "node:fs";
import { defineNode, param } from "@insightgraph/engine/node";
import { text } from "@insightgraph/nodes/ports";
export const slow = defineNode({ type: "my.slow", version: 1, title: "T", doc: "D.", inputs: {},
  params: { name: param.text({ default: "", doc: "D." }) }, outputs: { text: text("T.") },
  async run(_inputs, { name }) {
    await new Promise((resolve) => setTimeout(resolve, ${ms}));
    appendFileSync(${JSON.stringify(log)}, name + "\\n");
    return { text: name };
  } });
`;
}

function graphOf(name: string): object {
  const node = { type: "my.slow", version: 1, params: { name } };
  const outputs = { answer: { node: "slow", output: "text" } };
  return { format: "insightgraph", version: 1, nodes: { slow: node }, outputs };
}

/** The process that executes graphs for a server. */
function childOf(pid: number): number | undefined {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((other) => {
      try {
        const [, after = ""] = readFileSync(`/proc/${other}/stat`, "utf8").split(/\) \w /);
        const command = readFileSync(`/proc/${other}/cmdline`, "utf8");
        return Number(after.split(" ", 1)) === pid && command.includes("execution-child");
      } catch {
        return false;
      }
    });
}

/** Jobs that waited for somebody after their process was killed twice are retried by hand. */
async function retryStopped(client: ServerClient, retried: Map<string, string>): Promise<void> {
  for (const { id } of await client.list(["interrupted", "failed"], 10_000)) {
    if (retried.has(id)) continue;
    const answer = await client.retry(id);
    if (!("job" in answer)) throw new Error("a retried graph was refused");
    retried.set(id, answer.job.id);
  }
}

/** Submits jobs, a few at a time; the server may have been restarted since the last ones. */
function createSubmitter(address: () => string, total: number) {
  const ids: string[] = [];
  const submitOne = async (at: number): Promise<string> => {
    const requestId = `job ${at}`;
    const job = { requestId, client: `client ${at % 3}`, graph: graphOf(requestId) };
    const answer = await openServerClient(address()).submit(job);
    if (!("job" in answer)) throw new Error("a graph was refused");
    return answer.job.id;
  };
  return {
    ids,
    async submit(count: number): Promise<void> {
      const end = Math.min(ids.length + count, total);
      while (ids.length < end) {
        const batch = Array.from({ length: Math.min(16, end - ids.length) }, (_, at) =>
          submitOne(ids.length + at),
        );
        ids.push(...(await Promise.all(batch)));
      }
    },
  };
}

function countDrained(
  ids: readonly string[],
  stateOf: ReadonlyMap<string, string>,
  retried: ReadonlyMap<string, string>,
): Pick<Drained, "lost" | "doubled"> {
  const doneOf = (id: string): number => {
    const next = retried.get(id);
    return Number(stateOf.get(id) === "done") + (next === undefined ? 0 : doneOf(next));
  };
  const counts = ids.map(doneOf);
  return {
    lost: counts.filter((count) => count === 0).length,
    doubled: counts.filter((count) => count > 1).length,
  };
}

async function drain(commandLine: CommandLine, options: DrainOptions): Promise<Drained> {
  const place = (name: string): string => path.join(commandLine.folder, name);
  await writeFile(place("slow.mjs"), slowNode(place("log"), options.jobMs));
  await writeFile(place("graph.json"), JSON.stringify(graphOf("none")));
  await writeFile(place("log"), "");
  const keep = ["--keep-jobs", `${4 * options.jobs}`];
  const start = (): Promise<Served> =>
    serve(commandLine, "graph.json", "--nodes", place("slow.mjs"), "--no-cache", ...keep);
  let served = await start();
  let client = openServerClient(served.address);
  const submitter = createSubmitter(() => served.address, options.jobs);
  if (options.isQueuedFirst) {
    await client.pause(true);
    await submitter.submit(options.jobs);
    await options.onQueued?.(client);
    await client.pause(false);
  }
  for (let kill = 0; kill < options.kills; kill++) {
    await submitter.submit(3);
    await setTimeout(Math.random() * options.betweenMs);
    const child = served.child.pid === undefined ? undefined : childOf(served.child.pid);
    if (kill % 2 === 0 && child !== undefined) process.kill(child, "SIGKILL");
    else {
      await served.stop("SIGKILL");
      served = await start();
      client = openServerClient(served.address);
    }
  }
  await submitter.submit(options.jobs);
  const retried = new Map<string, string>();
  const isLeft = async (): Promise<boolean> => {
    const left = await client.list(["queued", "running", "interrupted", "failed"], 10_000);
    return left.some(({ id }) => !retried.has(id));
  };
  while (await isLeft()) {
    await retryStopped(client, retried);
    await setTimeout(200);
  }
  const all: [string, string][] = [];
  for (let after: string | undefined; ; after = all.at(-1)?.[0]) {
    const page = await client.list([], 10_000, after);
    if (page.length === 0) break;
    all.push(...page.map(({ id, state }): [string, string] => [id, state]));
  }
  await served.stop("SIGTERM");
  const lines = (await readFile(place("log"), "utf8")).trim().split("\n");
  return {
    submitted: submitter.ids.length,
    done: all.filter(([, state]) => state === "done").length,
    ...countDrained(submitter.ids, new Map(all), retried),
    ran: new Set(lines).size,
  };
}

/** Drains jobs of a real server while it and its execution process are killed at random moments. */
export async function drainUnderKills(options: DrainOptions): Promise<Drained> {
  const commandLine = await createCommandLine();
  try {
    return await drain(commandLine, options);
  } finally {
    await commandLine.remove();
  }
}
