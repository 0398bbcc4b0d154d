import { stderr } from "node:process";
import { type ObjectStore, openObjectStore } from "@insightgraph/engine/objects";
import type { Cluster, TaskQueue } from "@insightgraph/engine/tasks";
import { usageError } from "../../parse-arguments.ts";
import { fromCaller, sharedStore, shareResults } from "../../places.ts";

/** Options that name the database and the object store, for `parseArguments`. */
export const workOptions = { connect: { type: "string" }, store: { type: "string" } } as const;

const databaseVariable = "INSIGHTGRAPH_DATABASE";

/** These modes check the certificate too, but the client warns that a later version of it will not. */
const strictModes = /(?<=[?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/;

/** The address of the database, from an option or the environment, where execution processes find it too. Throws: command.usage. */
export function databaseOf(connect: string | undefined): string | undefined {
  const given = connect ?? (process.env[databaseVariable] || undefined);
  if (given !== undefined && !/^postgres(ql)?:\/\//.test(given)) {
    throw usageError(
      "the address of the database does not begin with postgres://",
      `Write --connect postgres://USER@HOST/NAME, or set ${databaseVariable} to such an address.`,
    );
  }
  const database = given?.replace(strictModes, "verify-full");
  // Not an argument of theirs: those are seen by all users of the machine.
  if (database !== undefined) process.env[databaseVariable] = database;
  return database;
}

/** As `databaseOf`. Throws: command.usage where there is none. */
export function requireDatabase(connect: string | undefined): string {
  const database = databaseOf(connect);
  if (database !== undefined) return database;
  throw usageError("--connect is missing", "Write --connect postgres://USER@HOST/NAME.");
}

/** Where the tasks of runs and their files lie. */
interface WorkPlaces {
  readonly queue: TaskQueue & Cluster;
  readonly objects: ObjectStore;
}

/** An object that every store has. */
const markKey = ".insightgraph";

/** Opens the database and the object store that a run shares with its workers. Throws: command.usage, jobs.*, objects.*. */
export async function openWorkPlaces(values: {
  readonly connect?: string | undefined;
  readonly store?: string | undefined;
}): Promise<WorkPlaces> {
  const database = requireDatabase(values.connect);
  const named = values.store;
  const place = named === undefined || named.includes("://") ? named : fromCaller(named);
  const store = place ?? sharedStore;
  if (store === undefined) {
    throw usageError("--store is missing", "Write --store FOLDER, or --store s3://BUCKET/PREFIX.");
  }
  const objects = openObjectStore(store);
  shareResults(store);
  // Loaded only here: most commands know no database.
  const { openTaskQueue } = await import("@insightgraph/engine/tasks");
  const log = (text: string): void => void stderr.write(`${text}\n`);
  const queue = await openTaskQueue(database, log);
  try {
    // A store that cannot be written, or replaces what is there, is told before anything is computed.
    await objects.create(markKey, new TextEncoder().encode("InsightGraph keeps objects here.\n"));
  } catch (thrown) {
    await queue.close();
    throw thrown;
  }
  return { objects, queue };
}
