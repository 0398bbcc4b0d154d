import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  sceneGraph,
  stepGraph,
  stepNode,
} from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { startChatServer } from "../../packages/editing/src/endpoints/chat-server.fixture.ts";
import { startS3Server } from "../../packages/engine/src/objects/s3-server.fixture.ts";
import { migrations } from "../../packages/engine/src/postgres/migrations.ts";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { createLab, type Lab } from "./workers.fixture.ts";

const sample = fileURLToPath(
  new URL("../../graphs/samples/rabbit-teddy-apple.png", import.meta.url),
);
const server = await startPostgres();
afterAll(() => server?.stop());

describe.skipIf(server === undefined)("workers", () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await createLab((await server?.newDatabase()) ?? "");
  });
  afterEach(() => lab.end());

  test("two workers make the data set that one machine makes, to the byte, pictures, failures and verdicts included; replay finds it the same", async () => {
    const { line, places, at, query, worker, command, writeSteps, writeLoading } = lab;
    await writeSteps(0);
    await writeFile(at("fails"), "3");
    await writeFile(at("scenes.json"), JSON.stringify(sceneGraph()));
    const verdicts = stepGraph("text", "number", "keep", "reason");
    await writeFile(at("verdicts.json"), JSON.stringify(verdicts));
    await mkdir(at("pictures"), { recursive: true });
    await cp(sample, at("pictures/a.png"));
    await writeLoading("pictures/a.png");
    const workers = [worker(), worker()];
    for (const graph of ["scenes", "verdicts", "loads"]) {
      const alone = await line.run(...command(`${graph}.json`, "seeds:12", `${graph}-alone`));
      const args = [
        ...command(`${graph}.json`, "seeds:12", `${graph}-out`),
        ...places,
        "--task-size",
        "2",
      ];
      const together = await line.run(...args);
      expect([together.code, together.errors]).toEqual([alone.code, alone.errors]);
      const read = (sink: string) => readFile(at(`${graph}-${sink}/dataset.json`), "utf8");
      expect(await read("out")).toBe(await read("alone"));
      const made = ["replay", `${graph}-out/dataset.json`, "--nodes", "step.mjs"];
      expect(await line.run(...made, "--sample", "3")).toMatchObject({
        ...{ code: 0, out: "3 of 3 items are the same\n", errors: "" },
      });
    }
    for (const { child, answer } of workers) {
      child.kill("SIGTERM");
      expect(await answer).toMatchObject({ code: 0 });
    }
    expect(await query("SELECT * FROM runs")).toEqual([]);
    expect(await query("SELECT * FROM outcomes")).toEqual([]);
  });

  test("[T1] [T2] kill -9 of workers, of the run and of the database: no record lost, none doubled", async () => {
    const { places, start, worker, command, until, letWorkersDie, textsOf, writeSteps } = lab;
    await writeSteps(40);
    const args = [
      ...command("steps.json", "seeds:60", "killed"),
      ...places,
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
      await letWorkersDie();
      other.child.kill("SIGTERM");
    }
    worker();
    expect(await run.answer).toMatchObject({ code: 0 });
    expect((await textsOf("killed")).sort()).toEqual(
      Array.from({ length: 60 }, (_, seed) => `number ${seed}`).sort(),
    );
  });

  test("[T3] a worker that is stopped commits what is done, and another one does the rest at once", async () => {
    const { places, at, startBy, query, worker, command, until, textsOf, writeSteps } = lab;
    await writeSteps(100);
    const [, database = "", , store = ""] = places;
    const surroundings = [`INSIGHTGRAPH_DATABASE=${database}`, `INSIGHTGRAPH_STORE=${at(store)}`];
    const args = [...command("steps.json", "seeds:20", "stopped"), "--task-size", "20"];
    const run = startBy(["env", ...surroundings], ...args);
    const first = startBy(["env", ...surroundings], "worker", "--no-cache", "--nodes", "step.mjs");
    await until("SELECT 1 FROM pgboss.job WHERE state = 'active'");
    while (!(await readFile(at("log"), "utf8")).includes("1\n")) await setTimeout(50);
    first.child.kill("SIGTERM");
    const { code, out } = await first.answer;
    expect(code).toBe(0);
    const [, done = "0", left = "0"] = /(\d+) done, 0 failed, (\d+) given back/.exec(out) ?? [];
    expect(Number(done) + Number(left)).toBe(20);
    expect(await query("SELECT 1 FROM outcomes")).toHaveLength(Number(done));
    // Without pictures an item is all in its row of the database.
    expect(existsSync(at("store/runs"))).toBe(false);
    worker();
    expect(await run.answer).toMatchObject({ code: 0 });
    expect(await textsOf("stopped")).toHaveLength(20);
  });

  test("[T4] the item that kills its worker is found, fails, and costs no other one", async () => {
    const { places, at, start, worker, command, letWorkersDie, textsOf, writeSteps } = lab;
    const deadly = stepNode(at("log"), at("fails"), 0).replace(
      "appendFileSync(",
      'if (seed === 2) process.kill(process.ppid, "SIGKILL");\n    appendFileSync(',
    );
    await writeSteps(0, deadly);
    const run = start(...command("steps.json", "seeds:4", "deadly"), ...places, "--task-size", "4");
    let isOver = false;
    const ended = run.answer.then((answer) => {
      isOver = true;
      return answer;
    });
    while (!isOver) {
      await Promise.race([worker().answer, ended]);
      await letWorkersDie();
    }
    const { code, out } = await ended;
    expect(code).toBe(1);
    expect(out).toContain('"code":"process.lost","what":"3 workers died');
    expect(await textsOf("deadly")).toEqual(["number 0", "number 1", "number 3"]);
  });

  test("[T5] a worker tells which runs it leaves alone, and takes them once it may", async () => {
    const { places, start, worker, query, until, command, textsOf, writeSteps } = lab;
    await writeSteps(0);
    const run = start(...command("steps.json", "seeds:2", "left"), ...places);
    await until("SELECT 1 FROM pgboss.job");
    await query("UPDATE runs SET protocol = protocol + 1");
    const other = worker();
    await new Promise<void>((resolve) => {
      other.child.stderr?.on("data", (chunk) => {
        if (String(chunk).includes("is left alone: another version")) resolve();
      });
    });
    await query("UPDATE runs SET protocol = protocol - 1");
    expect(await run.answer).toMatchObject({ code: 0 });
    expect(await textsOf("left")).toHaveLength(2);
  });

  test("clocks of machines may be apart: nobody is taken for dead, and nothing runs twice", async () => {
    const { line, places, at, workerBy, command, textsOf, writeSteps } = lab;
    await writeSteps(300);
    const shifted = `const now = Date.now;
      globalThis.Date = class extends Date {
        constructor(...args) { if (args.length === 0) super(Date.now()); else super(...args); }
        static now() { return now() + Number(process.env.SHIFT_MS); }
      };`;
    await writeFile(at("clock.mjs"), shifted);
    for (const hours of [-1, 1]) {
      const shift = `SHIFT_MS=${hours * 3_600_000}`;
      workerBy(["env", shift, `NODE_OPTIONS=--import ${at("clock.mjs")}`]);
    }
    const args = [...command("steps.json", "seeds:40", "apart"), ...places, "--task-size", "5"];
    expect(await line.run(...args)).toMatchObject({ code: 0 });
    expect(await textsOf("apart")).toHaveLength(40);
    expect((await readFile(at("log"), "utf8")).trim().split("\n")).toHaveLength(40);
  });

  test("[T10] workers that ask one endpoint share its requests a minute, its places and its pauses", async () => {
    const { line, places, at, query, worker, command, writeSteps } = lab;
    await writeSteps(0);
    const chat = await startChatServer();
    const times: number[] = [];
    chat.reply = () => {
      times.push(Date.now());
      return JSON.stringify({ caption: "a thing" });
    };
    const nodesFor = (limits: object) => ({
      scene: { type: "data.compose-scene", version: 1 },
      model: {
        type: "model.chat-endpoint",
        version: 1,
        params: { address: chat.address, model: "m", ...limits },
      },
      says: {
        type: "data.caption",
        version: 1,
        inputs: {
          image: { node: "scene", output: "source" },
          model: { node: "model", output: "model" },
        },
      },
    });
    const askAll = async (name: string, limits: object): Promise<void> => {
      const graph = {
        ...{ format: "insightgraph", version: 1, nodes: nodesFor(limits) },
        inputs: { seed: { node: "scene", param: "seed" } },
        outputs: { text: { node: "says", output: "caption" } },
      };
      await writeFile(at(`${name}.json`), JSON.stringify(graph));
      const args = [...command(`${name}.json`, "seeds:8", name), ...places, "--task-size", "1"];
      expect(await line.run(...args)).toMatchObject({ code: 0 });
    };
    for (let count = 0; count < 2; count++) worker();
    const startMs = Date.now();
    await askAll("spread", { perMinute: 60 });
    expect(times).toHaveLength(8);
    const budgets = await query(
      "SELECT address, (extract(epoch FROM next_at) * 1000)::float8 AS next FROM budgets",
    );
    expect(budgets).toMatchObject([{ address: `${hostname()} ${chat.address}` }]);
    // All took their turns, a second apart, from one budget, and nobody went before the last one.
    const nextMs = Number(budgets[0]?.["next"]);
    expect(nextMs - startMs).toBeGreaterThanOrEqual(8000);
    expect(times.at(-1)).toBeGreaterThan(nextMs - 1100);

    const [arrived, pauseMs]: [number[], number] = [[], 3000];
    chat.mostAtATime = 0;
    chat.reply = async () => {
      const isThird = arrived.push(performance.now()) === 3;
      if (isThird) return { status: 429, headers: { "Retry-After": String(pauseMs / 1000) } };
      await setTimeout(100);
      return JSON.stringify({ caption: "another thing" });
    };
    await askAll("paused", { concurrency: 1, seed: 7 });
    await chat.close();
    expect(chat.mostAtATime).toBe(1);
    expect(arrived).toHaveLength(9);
    expect((arrived[3] ?? 0) - (arrived[2] ?? 0)).toBeGreaterThan(pauseMs - 100);
  });

  test("[C1] [C9] what one worker made of a file is a hit for another one, though the file lies elsewhere there", async () => {
    const { line, places, at, start, startBy, command, writeSteps, writeLoading } = lab;
    await writeSteps(0);
    await cp(sample, at("a.png"));
    await writeLoading("a.png");
    const loaded = async (sink: string): Promise<unknown> => {
      const args = command("loads.json", "seeds:2", sink);
      expect(await line.run(...args, ...places, "--task-size", "1")).toMatchObject({ code: 0 });
      const { nodes } = JSON.parse(await readFile(at(`${sink}/summary.json`), "utf8"));
      return nodes.find(({ node }: { readonly node: string }) => node === "load");
    };
    const own = ["worker", ...places, "--nodes", "step.mjs"];
    const first = start(...own);
    // The second task of the same worker finds it too.
    expect(await loaded("one")).toMatchObject({ ran: 1, cached: 1 });
    first.child.kill("SIGTERM");
    await first.answer;
    startBy(["env", `INSIGHTGRAPH_DATA=${at("elsewhere")}`], ...own);
    expect(await loaded("two")).toMatchObject({ ran: 0, cached: 2 });
  });

  test("[T7] a database of an earlier version is migrated by a command of its own, after it was shown", async () => {
    const { line, places, query } = lab;
    const database = (...args: string[]) => line.run("database", ...args, ...places.slice(0, 2));
    const first = ["CREATE TABLE migrations (steps integer)", ...(migrations[0] ?? [])];
    await query([...first, "INSERT INTO migrations VALUES (1)"].join(";"));
    const refused = await line.run("worker", ...places);
    expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.old-schema") });
    const shown = await database("check", "--sql");
    expect(shown.code).toBe(1);
    expect(shown.out).toMatch(/^InsightGraph would be migrated from 1 to \d+\nCREATE TABLE runs/);
    expect((await database("migrate")).out).toMatch(/^InsightGraph is migrated from 1 to \d+\n/);
    expect(await database("check")).toMatchObject({ code: 0, out: "there is nothing to change\n" });
  });

  test("passwords of the database and the bucket are in no file, no row and no line that a run leaves", async ({
    onTestFinished,
  }) => {
    const { line, places, at, start, command, query, until, writeSteps } = lab;
    await writeSteps(0);
    const bucket = await startS3Server();
    onTestFinished(async () => bucket?.stop());
    const secrets = ["tell-nobody", process.env["AWS_SECRET_ACCESS_KEY"] ?? "tell-nobody"];
    const [, address = "", , folder = ""] = places;
    const store = bucket === undefined ? folder : `s3://${await bucket.newBucket()}/lab`;
    const connect = address.replace("test@", `test:${secrets[0]}@`);
    const known = ["--connect", connect, "--store", store];
    // The worker stays away until the run has its rows in the database.
    const run = start(...command("steps.json", "seeds:3", "quiet"), ...known);
    await until("SELECT 1 FROM pgboss.job");
    const worker = start("worker", ...known, "--nodes", "step.mjs");
    await until("SELECT 1 FROM workers");
    const kept = await Promise.all(
      ["runs", "workers", "outcomes", "pgboss.job", "pgboss.queue"].map((table) =>
        query(`SELECT * FROM ${table}`),
      ),
    );
    const ended = await run.answer;
    expect(ended).toMatchObject({ code: 0 });
    worker.child.kill("SIGTERM");
    const told = [JSON.stringify(kept), JSON.stringify([ended, await worker.answer])];
    for (const entry of await readdir(line.folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        told.push(await readFile(path.join(entry.parentPath, entry.name), "latin1"));
    }
    expect(told.length).toBeGreaterThan(8);
    const leaks = told.filter((text) => secrets.some((secret) => text.includes(secret)));
    expect(leaks).toEqual([]);
    expect(await readFile(at("quiet/run.json"), "utf8")).toContain("seeds:3");
  });

  test("what workers cannot do is refused with a reason, and no address is told", async () => {
    const { line, places, command, writeSteps, writeLoading } = lab;
    await writeSteps(0);
    await writeLoading("none.png");
    const refused = await line.run(...command("loads.json", "seeds:1", "refused"), ...places);
    expect(refused).toMatchObject({ code: 2, errors: expect.stringContaining("load.path") });
    for (const address of ["", "mysql://u:secret@127.0.0.1/d", "u:secret@127.0.0.1"]) {
      const odd = await line.run("worker", "--connect", address, "--store", "store");
      expect(odd).toMatchObject({ code: 2, errors: expect.stringContaining("postgres://USER") });
      expect(odd.errors).not.toContain("secret");
    }
    const unknown = await line.run("worker", ...places, "--models", "none");
    expect(unknown).toMatchObject({ code: 2, errors: expect.stringContaining('no model "none"') });
    const wrong = ["--connect", "postgres://u:secret@127.0.0.1:1/d", "--store", "store"];
    const away = await line.run("worker", ...wrong);
    expect(away).toMatchObject({ code: 1, errors: expect.stringContaining("jobs.unavailable") });
    expect(away.errors).not.toContain("secret");
    const forgetful = createServer((request, response) => {
      request.resume().on("end", () => response.end());
    });
    await new Promise<void>((resolve) => forgetful.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(forgetful.address() as AddressInfo).port}`,
      ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
    });
    const unsafe = await line.run("worker", ...places, "--store", "s3://bucket");
    expect(unsafe).toMatchObject({ code: 1, errors: expect.stringContaining("objects.unsafe") });
    expect(unsafe.errors).toContain("such as Amazon S3");
    forgetful.closeAllConnections();
    forgetful.close();
    const unsaid = await line.run("worker", ...places.slice(0, 2));
    expect(unsaid).toMatchObject({ code: 2, errors: expect.stringContaining("--store") });
  });
});
