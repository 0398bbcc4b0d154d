import { afterAll, expect, test } from "vitest";
import { startPostgres } from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { openTaskQueue } from "../../packages/engine/src/tasks/pg-boss-queue.ts";
import { createLab } from "./workers.fixture.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

test.skipIf(server === undefined)(
  "[T5] [T8] a run says why it waits, is paused and cancelled from elsewhere",
  { timeout: 400_000 },
  async () => {
    const database = (await server?.newDatabase()) ?? "";
    const lab = await createLab(database);
    await lab.writeSteps(200);
    const queue = await openTaskQueue(database, () => {});
    const until = async (fits: () => Promise<unknown>): Promise<void> => {
      while (!(await fits()));
    };
    const theRun = async () => (await queue.runs())[0];
    const waitsFor = (reason: string) =>
      until(async () => (await theRun())?.waits?.reason === reason);

    const asked = [...lab.command("steps.json", "seeds:400", "out"), ...lab.places];
    const run = lab.start(...asked, "--task-size", "100");
    await waitsFor("no-worker");
    const other = lab.start("worker", ...lab.places, "--no-cache");
    await waitsFor("nodes");
    other.child.kill("SIGTERM");
    const worker = lab.worker();
    await until(async () => (await queue.workers()).some(({ task }) => task !== undefined));
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
