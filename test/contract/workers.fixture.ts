import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { createCommandLine, type Started } from "../../packages/app/src/command-line.fixture.ts";
import { stepGraph, stepNode } from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { openDataset, recordOf } from "../../packages/editing/src/datasets.ts";
import { queryPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";

/** A folder in which commands are run, with a database for their work. */
export type Lab = Awaited<ReturnType<typeof createLab>>;

/** Creates a folder for commands whose work lies in a database. */
export async function createLab(database: string, store = "store") {
  const line = await createCommandLine();
  const running = new Set<Started>();
  const at = (name: string): string => path.join(line.folder, name);
  const places = ["--connect", database, "--store", store];
  const query = (sql: string) => queryPostgres(database, sql);

  const keep = (started: Started): Started => {
    running.add(started);
    return started;
  };
  const start = (...args: string[]): Started => keep(line.start(...args));
  const common = ["--no-cache", "--nodes", "step.mjs"];
  return {
    line,
    places,
    at,
    start,
    startBy: (program: readonly [string, ...string[]], ...args: string[]): Started =>
      keep(line.startBy(program, ...args)),
    query,
    worker: (...args: string[]): Started => start("worker", ...places, ...common, ...args),
    /** A worker by way of another program. @param connect Where it finds the database. */
    workerBy: (program: readonly [string, ...string[]], connect = database): Started =>
      keep(line.startBy(program, "worker", ...places, ...common, "--connect", connect)),
    command: (graph: string, source: string, sink: string): string[] => [
      ..."dataset run".split(" "),
      graph,
      "--source",
      source,
      "--sink",
      sink,
      ...common,
      "--json",
    ],
    /** Waits until the database answers a question with at least so many rows. */
    async until(sql: string, rows = 1): Promise<void> {
      while ((await query(sql).catch(() => [])).length < rows) await setTimeout(100);
    },
    /** How long a worker may be silent before another one gets its task. */
    setPatience: (seconds: number) => query(`UPDATE pgboss.job SET heartbeat_seconds = ${seconds}`),
    /** As if workers that have tasks had not been heard of for an hour. */
    letWorkersDie: () =>
      query(
        "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'",
      ),
    async textsOf(sink: string): Promise<unknown[]> {
      const texts: unknown[] = [];
      for await (const item of (await openDataset(at(sink))).items()) {
        texts.push(recordOf(item, await item.load()).fields["text"]);
      }
      return texts;
    },
    /** Writes the node that waits so long for each item, and its graph. @param text Of another node */
    async writeSteps(delayMs: number, text = stepNode(at("log"), at("fails"), delayMs)) {
      for (const name of ["fails", "log"]) await writeFile(at(name), "");
      await writeFile(at("step.mjs"), text);
      await writeFile(at("steps.json"), JSON.stringify(stepGraph("text")));
    },
    /** Writes a graph that puts a picture of this machine on each record. */
    async writeLoading(file: string): Promise<void> {
      const load = { type: "image.load", version: 1, params: { path: file } };
      const step = { type: "my.step", version: 1 };
      const outputs = {
        image: { node: "load", output: "image" },
        text: { node: "step", output: "text" },
      };
      const graph = { format: "insightgraph", version: 1, nodes: { load, step }, outputs };
      const inputs = { seed: { node: "step", param: "seed" } };
      await writeFile(at("loads.json"), JSON.stringify({ ...graph, inputs }));
    },
    async end(): Promise<void> {
      for (const { child, answer } of running) {
        child.kill("SIGKILL");
        await answer;
      }
      await line.remove();
    },
  };
}
