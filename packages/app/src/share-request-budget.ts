import { hostname } from "node:os";
import { stderr } from "node:process";
import { isLocal, shareTurns } from "@insightgraph/editing/endpoints";
import type { RequestBudget } from "@insightgraph/engine/tasks";
import { databaseOf } from "./dataset/tasks/open-work-places.ts";
import { patiently, pause } from "./dataset/tasks/patiently.ts";

/** How often whoever waits for a place looks for one. */
const lookMs = 200;

/** What an address is known by in a database: each machine has a server of its own at its loopback address. */
function sharedName(address: string): string {
  return isLocal(new URL(address)) ? `${hostname()} ${address}` : address;
}

/** Where INSIGHTGRAPH_DATABASE names a database, takes turns at endpoints from the budget there; without it, nobody asks. */
export function shareRequestBudget(): void {
  const database = databaseOf(undefined);
  if (database === undefined) return;
  let opening: Promise<RequestBudget> | undefined;
  const open = async (): Promise<RequestBudget> => {
    const { openRequestBudget } = await import("@insightgraph/engine/tasks");
    return openRequestBudget(database);
  };
  const log = (text: string): void => void stderr.write(`${text}\n`);
  const ask = async <T>(
    what: (budget: RequestBudget) => Promise<T>,
    signal: AbortSignal | undefined = new AbortController().signal,
  ): Promise<T> => {
    opening ??= open();
    const budget = await opening;
    return patiently(() => what(budget), signal, log);
  };
  shareTurns({
    async enter(address, limits, signal) {
      for (;;) {
        signal?.throwIfAborted();
        const turn = await ask((budget) => budget.takeTurn(sharedName(address), limits), signal);
        if (turn !== undefined) return turn;
        await pause(lookMs, signal);
      }
    },
    pause: (address, ms) => ask((budget) => budget.pause(sharedName(address), ms)),
    pausedMs: (address) => ask((budget) => budget.pausedMs(sharedName(address))),
  });
}
