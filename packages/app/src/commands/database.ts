import { stdout } from "node:process";
import { namesHint } from "@insightgraph/engine/graph";
import { requireDatabase } from "../dataset/tasks/open-work-places.ts";
import { exitCodes } from "../exit-codes.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";

/** What `insightgraph database --help` prints. */
export const usage = `usage: insightgraph database check|migrate [--connect URL]

Looks after the PostgreSQL database that --connect names (or INSIGHTGRAPH_DATABASE). Tables that an earlier version of
InsightGraph has made are never changed unless you ask for it.

  check     show what a migration would change; the exit code is 1 if there is anything
  migrate   change it. Stop all servers and workers first, and make a backup (pg_dump)
  --sql     (check) also print the statements
`;

const actions = ["check", "migrate"];

/** Runs `insightgraph database`. @returns the exit code. Throws: command.usage, jobs.unavailable. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    connect: { type: "string" },
    sql: { type: "boolean", default: false },
  });
  const [action = "", surplus] = positionals;
  if (surplus !== undefined) throw usageError(`"${surplus}" is too much`, "Run it with --help.");
  if (!actions.includes(action)) {
    throw usageError(`database has no "${action}"`, namesHint(action, actions));
  }
  const database = requireDatabase(values.connect);
  const { checkDatabase, migrateDatabase } = await import("@insightgraph/engine/tasks");
  const isCheck = action === "check";
  const changes = await (isCheck ? checkDatabase : migrateDatabase)(database);
  for (const { name, from, to, plan } of changes) {
    const what = isCheck ? "would be migrated" : "is migrated";
    stdout.write(`${name} ${what} from ${from} to ${to}\n${values.sql ? `${plan}\n` : ""}`);
  }
  if (changes.length === 0) stdout.write("there is nothing to change\n");
  return isCheck && changes.length > 0 ? exitCodes.failed : exitCodes.done;
}
