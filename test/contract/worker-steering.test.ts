import { rm, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { stepNode } from "../../packages/app/src/dataset/scene-graphs.fixture.ts";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { openTaskQueue } from "../../packages/engine/src/tasks/pg-boss-queue.ts";
import { createLab } from "./workers.fixture.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

test.skipIf(server === undefined)(
  "[T5] [T8] a run says why it waits, is paused and cancelled from elsewhere",
  async () => {
    const database = (await server?.newDatabase()) ?? "";
    const lab = await createLab(database);
    await lab.writeSteps(200);
    const queue = await openTaskQueue(database, () => {});
    const until = async (fits: () => Promise<unknown>): Promise<void> => {
      while (!(await fits())) await setTimeout(50);
    };
    const theRun = async () => (await queue.runs())[0];
    const waitsFor = (reason: string) =>
      until(async () => (await theRun())?.waits?.reason === reason);

    const asked = [...lab.command("steps.json", "seeds:400", "out"), ...lab.places];
    const run = lab.start(...asked, "--task-size", "100");
    await waitsFor("no-worker");
    const other = lab.start("worker", ...lab.places, "--no-cache", "--models", "");
    await waitsFor("nodes");
    const offered = async () => (await queue.workers()).map(({ models }) => models);
    expect(await offered()).toEqual([[]]);
    other.child.kill("SIGTERM");
    await other.answer;
    const worker = lab.worker();
    // What it has done of its task is seen before the task ends.
    const settled = async () => (await queue.workers()).map(({ task }) => task?.settled ?? 0);
    await until(async () => (await settled()).some((count) => count > 0 && count < 100));
    expect((await offered())[0]).toContain("insightedit-mini");
    const { id = "", waits } = (await theRun()) ?? {};
    expect(waits).toBeUndefined();

    await until(
      async () => (await lab.query("SELECT 1 FROM pgboss.job WHERE state = 'active'"))[0],
    );
    await queue.change(id, { isPaused: true });
    const isAtRest = async () => {
      const { tasks } = (await theRun()) ?? {};
      return tasks !== undefined && tasks.running === 0;
    };
    await until(isAtRest);
    await queue.change(id, { isPaused: false });
    await until(async () => !(await isAtRest()));
    await queue.change(id, { isCancelled: true });
    expect(await run.answer).toMatchObject({ code: 130 });
    worker.child.kill("SIGTERM");
    expect(await worker.answer).toMatchObject({ code: 0 });
    await queue.close();
    await lab.end();
  },
);

test.skipIf(server === undefined)(
  "[T9] an item that killed its workers is given out once more while its run goes on, and is made",
  async ({ onTestFinished }) => {
    const database = (await server?.newDatabase()) ?? "";
    const lab = await createLab(database);
    const queue = await openTaskQueue(database, () => {});
    onTestFinished(async () => {
      await queue.close();
      await lab.end();
    });
    const [deadly, slow] = [lab.at("deadly"), lab.at("slow")];
    for (const file of [deadly, slow]) await writeFile(file, "");
    const node = stepNode(lab.at("log"), lab.at("fails"), 0).replace(
      "appendFileSync(",
      `if (seed === 1 && existsSync(${JSON.stringify(deadly)})) process.kill(process.ppid, "SIGKILL");
      while (seed === 0 && existsSync(${JSON.stringify(slow)})) await new Promise((resolve) => setTimeout(resolve, 50));
      appendFileSync(`,
    );
    await lab.writeSteps(0, node);
    const asked = [...lab.command("steps.json", "seeds:2", "revived"), ...lab.places];
    const run = lab.start(...asked, "--task-size", "1");
    // The first worker stays at the first item, so that the run goes on.
    lab.worker();
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'active'");
    for (let deaths = 0; deaths < 3; deaths++) {
      await lab.worker().answer;
      await lab.query(`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour'
        WHERE state = 'active' AND data->'items'->0->>'key' = '1'`);
    }
    await lab.until("SELECT 1 FROM pgboss.job WHERE name LIKE '%.dead' AND state = 'completed'");
    const [id = ""] = (await queue.runs()).map((found) => found.id);
    const dead = (await queue.run(id))?.dead ?? [];
    expect(dead.map(({ keys }) => keys)).toEqual([["1"]]);
    await rm(deadly);
    expect(await queue.retryDead(id, dead[0]?.id ?? "")).toBe(true);
    lab.worker();
    await lab.until("SELECT 1 FROM outcomes");
    await rm(slow);
    const { code, out } = await run.answer;
    expect(out).toContain('"code":"process.lost","what":"3 workers died');
    expect(code).toBe(0);
    expect((await lab.textsOf("revived")).sort()).toEqual(["number 0", "number 1"]);
  },
);

test.skipIf(server === undefined)(
  "[T8] a worker lets go of an item that never ends, and listens to nobody, once its run is cancelled",
  async ({ onTestFinished }) => {
    const database = (await server?.newDatabase()) ?? "";
    const lab = await createLab(database);
    const queue = await openTaskQueue(database, () => {});
    onTestFinished(async () => {
      await queue.close();
      await lab.end();
    });
    const endless = "if (seed === 1) for (;;);\n      appendFileSync(";
    await lab.writeSteps(
      0,
      stepNode(lab.at("log"), lab.at("fails"), 0).replace("appendFileSync(", endless),
    );
    const command = (count: number) => {
      const asked = lab.command("steps.json", `seeds:${count}`, `first-${count}`);
      return lab.start(...asked, ...lab.places, "--task-size", "2");
    };
    const run = command(2);
    const worker = lab.worker();
    await lab.until("SELECT 1 FROM pgboss.job WHERE state = 'active'");
    while ((await queue.workers()).every(({ task }) => task?.settled !== 1)) await setTimeout(50);
    const [{ id } = { id: "" }] = await queue.runs();
    await queue.change(id, { isCancelled: true });
    expect(await run.answer).toMatchObject({ code: 130 });
    expect(await command(1).answer).toMatchObject({ code: 0 });
    expect(await lab.textsOf("first-1")).toEqual(["number 0"]);
    worker.child.kill("SIGTERM");
    expect(await worker.answer).toMatchObject({ code: 0 });
  },
);
