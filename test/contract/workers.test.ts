import type { ChildProcess } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Answer,
  type CommandLine,
  createCommandLine,
} from "../../packages/app/src/command-line.fixture.ts";
import {
  sceneGraph,
  stepGraph,
  stepNode,
} from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { openDataset, recordOf } from "../../packages/editing/src/datasets.ts";
import {
  queryPostgres,
  startPostgres,
} from "../../packages/engine/src/postgres/postgres-server.fixture.ts";

const sample = fileURLToPath(
  new URL("../../graphs/samples/rabbit-teddy-apple.png", import.meta.url),
);
const server = await startPostgres();
afterAll(() => server?.stop());

interface Started {
  readonly child: ChildProcess;
  readonly answer: Promise<Answer>;
}

describe.skipIf(server === undefined)("workers", { timeout: 300_000 }, () => {
  let line: CommandLine;
  let database = "";
  const running = new Set<Started>();
  const at = (name: string): string => path.join(line.folder, name);
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  beforeEach(async () => {
    database = (await server?.newDatabase()) ?? "";
  });
  afterEach(async () => {
    for (const { child, answer } of running) {
      child.kill("SIGKILL");
      await answer;
    }
    running.clear();
  });

  const start = (...args: string[]): Started => {
    const started = line.start(...args);
    running.add(started);
    return started;
  };
  const places = () => ["--connect", database, "--store", "store"];
  const worker = (...args: string[]): Started =>
    start("worker", ...places(), "--no-cache", "--nodes", "step.mjs", ...args);
  const command = (graph: string, source: string, sink: string): string[] =>
    `dataset run ${graph} --source ${source} --sink ${sink} --nodes step.mjs --no-cache --json`.split(
      " ",
    );
  const query = (sql: string) => queryPostgres(database, sql);
  /** Waits until the database answers a question with at least so many rows. */
  const until = async (sql: string, rows = 1): Promise<void> => {
    while ((await query(sql).catch(() => [])).length < rows) await setTimeout(100);
  };
  const textsOf = async (sink: string): Promise<unknown[]> => {
    const texts: unknown[] = [];
    for await (const item of (await openDataset(at(sink))).items()) {
      texts.push(recordOf(item, await item.load()).fields["text"]);
    }
    return texts;
  };
  const writeSteps = async (delayMs: number, text = stepNode(at("log"), at("fails"), delayMs)) => {
    for (const name of ["fails", "log"]) await writeFile(at(name), "");
    await writeFile(at("step.mjs"), text);
    await writeFile(at("steps.json"), JSON.stringify(stepGraph("text")));
  };

  /** A graph that writes a picture of this machine on each record. */
  const writeLoading = async (file: string): Promise<void> => {
    const load = { type: "image.load", version: 1, params: { path: file } };
    const step = { type: "my.step", version: 1 };
    const outputs = {
      image: { node: "load", output: "image" },
      text: { node: "step", output: "text" },
    };
    const graph = { format: "insightgraph", version: 1, nodes: { load, step }, outputs };
    const inputs = { seed: { node: "step", param: "seed" } };
    await writeFile(at("loads.json"), JSON.stringify({ ...graph, inputs }));
  };

  test("two workers make the data set that one machine makes, to the byte, pictures and failures included", async () => {
    await writeSteps(0);
    await writeFile(at("fails"), "3");
    await writeFile(at("scenes.json"), JSON.stringify(sceneGraph()));
    await mkdir(at("pictures"), { recursive: true });
    await cp(sample, at("pictures/a.png"));
    await writeLoading("pictures/a.png");
    for (const graph of ["scenes", "steps", "loads"]) {
      const alone = await line.run(...command(`${graph}.json`, "seeds:12", `${graph}-alone`));
      const workers = [worker("--idle", "3"), worker("--idle", "3")];
      const args = [
        ...command(`${graph}.json`, "seeds:12", `${graph}-out`),
        ...places(),
        "--task-size",
        "2",
      ];
      const together = await line.run(...args);
      expect([together.code, together.errors]).toEqual([alone.code, alone.errors]);
      const read = (sink: string) => readFile(at(`${graph}-${sink}/dataset.json`), "utf8");
      expect(await read("out")).toBe(await read("alone"));
      for (const { answer } of workers) expect(await answer).toMatchObject({ code: 0 });
    }
    expect(await query("SELECT * FROM runs")).toEqual([]);
    expect(await query("SELECT * FROM outcomes")).toEqual([]);
  });

  test("[T1] [T2] kill -9 of workers, of the run and of the database: no record lost, none doubled", async () => {
    await writeSteps(40);
    const args = [
      ...command("steps.json", "seeds:60", "killed"),
      ...places(),
      "--task-size",
      "5",
      "--resume",
    ];
    let run = start(...args);
    for (const outcomes of [5, 10, 20]) {
      const victim = worker();
      const other = worker();
      await until("SELECT 1 FROM outcomes", outcomes);
      victim.child.kill("SIGKILL");
      if (outcomes === 10) {
        run.child.kill("SIGKILL");
        await run.answer;
        run = start(...args);
      }
      if (outcomes === 20) await server?.crash();
      await query(
        "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'",
      );
      other.child.kill("SIGTERM");
    }
    worker();
    expect(await run.answer).toMatchObject({ code: 0 });
    expect((await textsOf("killed")).sort()).toEqual(
      Array.from({ length: 60 }, (_, seed) => `number ${seed}`).sort(),
    );
  });

  test("[T3] a worker that is stopped commits what is done, and another one does the rest at once", async () => {
    await writeSteps(100);
    const run = start(
      ...command("steps.json", "seeds:20", "stopped"),
      ...places(),
      "--task-size",
      "20",
    );
    const first = worker();
    await until("SELECT 1 FROM pgboss.job WHERE state = 'active'");
    while (!(await readFile(at("log"), "utf8")).includes("1\n")) await setTimeout(50);
    first.child.kill("SIGTERM");
    const { code, out } = await first.answer;
    expect(code).toBe(0);
    const [, done = "0", left = "0"] = /(\d+) done, 0 failed, (\d+) given back/.exec(out) ?? [];
    expect(Number(done) + Number(left)).toBe(20);
    expect(await query("SELECT 1 FROM outcomes")).toHaveLength(Number(done));
    worker();
    expect(await run.answer).toMatchObject({ code: 0 });
    expect(await textsOf("stopped")).toHaveLength(20);
  });

  test("[T4] the item that kills its worker is found, fails, and costs no other one", async () => {
    const deadly = stepNode(at("log"), at("fails"), 0).replace(
      "appendFileSync(",
      'if (seed === 2) process.kill(process.ppid, "SIGKILL");\n    appendFileSync(',
    );
    await writeSteps(0, deadly);
    const run = start(
      ...command("steps.json", "seeds:4", "deadly"),
      ...places(),
      "--task-size",
      "4",
    );
    let isOver = false;
    const ended = run.answer.then((answer) => {
      isOver = true;
      return answer;
    });
    while (!isOver) {
      await Promise.race([worker().answer, ended]);
      await query(
        "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'",
      );
    }
    const { code, out } = await ended;
    expect(code).toBe(1);
    expect(out).toContain('"code":"process.lost","what":"3 workers died');
    expect(await textsOf("deadly")).toEqual(["number 0", "number 1", "number 3"]);
  });

  test("what workers cannot do is refused with a reason, and no address is told", async () => {
    await writeSteps(0);
    await writeLoading("none.png");
    const refused = await line.run(...command("loads.json", "seeds:1", "refused"), ...places());
    expect(refused).toMatchObject({ code: 2, errors: expect.stringContaining("load.path") });
    const wrong = ["--connect", "postgres://u:secret@127.0.0.1:1/d", "--store", "store"];
    const away = await line.run("worker", ...wrong);
    expect(away).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.unavailable") });
    expect(away.errors).not.toContain("secret");
    const unsaid = await line.run("worker", "--connect", database);
    expect(unsaid).toMatchObject({ code: 2, errors: expect.stringContaining("--store") });
  });
});
