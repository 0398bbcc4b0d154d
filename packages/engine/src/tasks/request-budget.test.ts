import { afterAll, describe, expect, test } from "vitest";
import { queryPostgres, startPostgres } from "../postgres/postgres-server.fixture.ts";
import { migrateDatabase } from "./database-schemas.ts";
import { openRequestBudget, type RequestBudget } from "./request-budget.ts";

const server = await startPostgres();
const one = "http://127.0.0.1:1/v1";

/** Two processes' budgets of a new database. */
async function openTwo() {
  const address = (await server?.newDatabase()) ?? "";
  await migrateDatabase(address);
  const budgets = [openRequestBudget(address), openRequestBudget(address)] as const;
  return [budgets, (sql: string) => queryPostgres(address, sql)] as const;
}

async function close(budgets: readonly RequestBudget[]): Promise<void> {
  for (const budget of budgets) await budget.close();
}

describe.skipIf(server === undefined)("a budget that processes share", () => {
  afterAll(() => server?.stop());

  test("[T10] turns of all processes are spread evenly, in the order of asking, for each address", async () => {
    const [budgets] = await openTwo();
    // Turns ten minutes apart: how slow this machine is does not show.
    const limits = { concurrency: 20, perMinute: 0.1 };
    const turnAt = async (budget: RequestBudget, address: string): Promise<number> =>
      Math.round(((await budget.takeTurn(address, limits))?.waitMs ?? Number.NaN) / 600_000);
    const turns: number[] = [];
    for (const budget of [...budgets, ...budgets]) turns.push(await turnAt(budget, one));
    expect(turns).toEqual([0, 1, 2, 3]);
    const later = await Promise.all([...budgets, ...budgets].map((budget) => turnAt(budget, one)));
    expect(later.sort()).toEqual([4, 5, 6, 7]);
    expect(await turnAt(budgets[0], "http://127.0.0.1:2/v1")).toBe(0);
    await close(budgets);
  });

  test("[T10] so many requests are open at a time as the address takes, and the places of a dead process come back", async () => {
    const [budgets, query] = await openTwo();
    const [budget, other] = budgets;
    const limits = { concurrency: 2, perMinute: 0 };
    const first = await budget.takeTurn(one, limits);
    expect(first).toMatchObject({ waitMs: 0 });
    expect(await other.takeTurn(one, limits)).toBeDefined();
    expect(await other.takeTurn(one, limits)).toBeUndefined();
    expect(await other.takeTurn("http://127.0.0.1:2/v1", limits)).toBeDefined();
    first?.leave();
    // It is told on a connection of its own, and nobody waits for that.
    await expect.poll(() => other.takeTurn(one, limits)).toBeDefined();
    expect(await budget.takeTurn(one, limits)).toBeUndefined();
    // As if nobody had spoken for them for so long.
    await query("UPDATE places SET until = until - interval '16 seconds'");
    const many = Array.from({ length: 6 }, () => budget.takeTurn(one, limits));
    const taken = (await Promise.all(many)).filter((turn) => turn !== undefined);
    expect(taken.length).toBeGreaterThan(0);
    expect(await query("SELECT 1 FROM places WHERE until > now()")).toHaveLength(taken.length);
    expect(taken.length).toBeLessThanOrEqual(2);
    await close(budgets);
  });

  test("[T10] a pause that an endpoint asks for holds for all processes", async () => {
    const [budgets] = await openTwo();
    const [budget, other] = budgets;
    const limits = { concurrency: 9, perMinute: 0 };
    await budget.takeTurn(one, limits);
    expect(await other.pausedMs(one)).toBe(0);
    await budget.pause(one, 600_000);
    await other.pause(one, 1000);
    for (const limit of [0, 60]) {
      const turn = await other.takeTurn(one, { ...limits, perMinute: limit });
      expect(turn?.waitMs).toBeGreaterThan(500_000);
    }
    expect(await other.pausedMs(one)).toBeGreaterThan(500_000);
    expect(await other.pausedMs("http://127.0.0.1:2/v1")).toBe(0);
    await close(budgets);
  });
});

test("a database that is away is told", async () => {
  const budget = openRequestBudget("postgres://127.0.0.1:1/none");
  const limits = { concurrency: 1, perMinute: 60 };
  await expect(budget.takeTurn(one, limits)).rejects.toMatchObject({ code: "jobs.unavailable" });
  await budget.close();
});
