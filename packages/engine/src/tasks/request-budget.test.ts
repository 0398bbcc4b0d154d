import { afterAll, describe, expect, test } from "vitest";
import { startPostgres } from "../postgres/postgres-server.fixture.ts";
import { migrateDatabase } from "./database-schemas.ts";
import { openRequestBudget } from "./request-budget.ts";

const server = await startPostgres();
const one = "http://127.0.0.1:1/v1";

describe.skipIf(server === undefined)("a budget that processes share", () => {
  afterAll(() => server?.stop());

  test("[T10] turns of all processes are spread evenly, in the order of asking, for each address", async () => {
    const address = (await server?.newDatabase()) ?? "";
    await migrateDatabase(address);
    const budgets = [openRequestBudget(address), openRequestBudget(address)];
    // Turns ten minutes apart: how slow this machine is does not show.
    const perMinute = 0.1;
    const turns: number[] = [];
    for (const budget of [...budgets, ...budgets]) {
      turns.push(Math.round((await budget.takeTurn(one, perMinute)) / 600_000));
    }
    expect(turns).toEqual([0, 1, 2, 3]);
    const atOnce = await Promise.all(
      [...budgets, ...budgets].map((budget) => budget.takeTurn(one, perMinute)),
    );
    const later = atOnce.map((ms) => Math.round(ms / 600_000));
    expect(later.sort()).toEqual([4, 5, 6, 7]);
    expect(await budgets[0]?.takeTurn("http://127.0.0.1:2/v1", perMinute)).toBe(0);
    for (const budget of budgets) await budget.close();
  });
});

test("a database that is away is told", async () => {
  const budget = openRequestBudget("postgres://127.0.0.1:1/none");
  await expect(budget.takeTurn(one, 60)).rejects.toMatchObject({ code: "jobs.unavailable" });
  await budget.close();
});
