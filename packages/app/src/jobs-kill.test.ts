import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { type Served, serve } from "./served-jobs.fixture.ts";
import { openServerClient, type ServerClient } from "./server-client.ts";

const jobCount = 30;
const killCount = 20;

/** A node that takes a moment and leaves a line in a file each time it runs to its end. */
function slowNode(log: string): string {
  return `import { appendFileSync } from "node:fs";
import { defineNode, param } from "@insightgraph/engine/node";
import { text } from "@insightgraph/nodes/ports";
export const slow = defineNode({ type: "my.slow", version: 1, title: "T", doc: "D.", inputs: {},
  params: { name: param.text({ default: "", doc: "D." }) }, outputs: { text: text("T.") },
  async run(_inputs, { name }) {
    await new Promise((resolve) => setTimeout(resolve, 400));
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
  for (const { id } of await client.list(["interrupted", "failed"], 1000)) {
    if (retried.has(id)) continue;
    const answer = await client.retry(id);
    if (!("job" in answer)) throw new Error("a retried graph was refused");
    retried.set(id, answer.job.id);
  }
}

test.runIf(process.platform === "linux")(
  "[J1] 20 random kill -9 of server and child while 30 jobs drain: none lost, none doubled",
  { timeout: 400_000 },
  async () => {
    const commandLine = await createCommandLine();
    const place = (name: string): string => path.join(commandLine.folder, name);
    await writeFile(place("slow.mjs"), slowNode(place("log")));
    await writeFile(place("graph.json"), JSON.stringify(graphOf("none")));
    await writeFile(place("log"), "");
    const start = (): Promise<Served> =>
      serve(commandLine, "graph.json", "--nodes", place("slow.mjs"), "--no-cache");
    let served = await start();
    let client = openServerClient(served.address);
    const retried = new Map<string, string>();
    const submitted: string[] = [];
    const submitSome = async (): Promise<void> => {
      for (let left = 3; left > 0 && submitted.length < jobCount; left--) {
        const requestId = `job ${submitted.length}`;
        const client = `client ${submitted.length % 3}`;
        const job = { requestId, client, graph: graphOf(requestId) };
        const answer = await openServerClient(served.address).submit(job);
        if (!("job" in answer)) throw new Error("a graph was refused");
        submitted.push(answer.job.id);
      }
    };

    for (let kill = 0; kill < killCount; kill++) {
      await submitSome();
      await setTimeout(Math.random() * 800);
      const child = served.child.pid === undefined ? undefined : childOf(served.child.pid);
      if (kill % 2 === 0 && child !== undefined) process.kill(child, "SIGKILL");
      else {
        await served.stop("SIGKILL");
        served = await start();
        client = openServerClient(served.address);
      }
    }
    while (
      (await client.list(["queued", "running", "interrupted", "failed"], 1000)).some(
        ({ id }) => !retried.has(id),
      )
    ) {
      await retryStopped(client, retried);
      await setTimeout(200);
    }

    const all = await client.list([], 1000);
    const stateOf = new Map(all.map(({ id, state }) => [id, state]));
    const lastOf = (id: string): string => {
      const next = retried.get(id);
      return next === undefined ? id : lastOf(next);
    };
    expect(submitted).toHaveLength(jobCount);
    expect(submitted.map((id) => stateOf.get(lastOf(id)))).toEqual(submitted.map(() => "done"));
    expect(all.filter(({ state }) => state === "done")).toHaveLength(jobCount);
    const lines = (await readFile(place("log"), "utf8")).trim().split("\n");
    expect(new Set(lines).size).toBe(jobCount);
    await served.stop("SIGTERM");
    await commandLine.remove();
  },
);
