import { stderr } from "node:process";
import { shareTurns } from "@insightgraph/editing/endpoints";
import { databaseOf } from "./dataset/tasks/open-work-places.ts";
import { patiently } from "./dataset/tasks/patiently.ts";

async function openBudget(database: string) {
  const { openRequestBudget } = await import("@insightgraph/engine/tasks");
  return openRequestBudget(database);
}

/** Where INSIGHTGRAPH_DATABASE names a database, takes turns at endpoints from the budget there; without it, nobody asks. */
export function shareRequestBudget(): void {
  const database = databaseOf(undefined);
  if (database === undefined) return;
  let opening: ReturnType<typeof openBudget> | undefined;
  const log = (text: string): void => void stderr.write(`${text}\n`);
  shareTurns(async (address, perMinute, signal = new AbortController().signal) => {
    opening ??= openBudget(database);
    const budget = await opening;
    return patiently(() => budget.takeTurn(address, perMinute), signal, log);
  });
}
