import { stdout } from "node:process";
import { namesHint } from "@insightgraph/engine/graph";
import { exitCodes } from "../exit-codes.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { cacheDir } from "../places.ts";
import { maxCacheBytes, openDiskStore, openSharedStore } from "../result-store.ts";
import { inUnits } from "../units.ts";

/** What `insightgraph cache --help` prints. */
export const usage = `usage: insightgraph cache stats|clear|sweep

Results cached on disk, so that later runs need not compute them again.
Above a total of ${inUnits(maxCacheBytes)}, the least recently used results are removed.

  stats   show their number, size and folder
  clear   remove them all; they are computed again when needed
  sweep   remove what is old from the shared store that INSIGHTGRAPH_STORE names, for all who use it
  --older-than DAYS  (sweep) how old, by the time when it was written (30)
  --json  (stats) print JSON
`;

async function printStats(asJson: boolean): Promise<void> {
  const { entries, bytes } = await openDiskStore().stats();
  const shared = openSharedStore()?.place ?? null;
  const facts = { folder: cacheDir, entries, bytes, maxBytes: maxCacheBytes, shared };
  const lines = [
    `results: ${entries}`,
    `size: ${inUnits(bytes)} of ${inUnits(maxCacheBytes)}`,
    `folder: ${cacheDir}`,
    ...(shared === null ? [] : [`shared: ${shared}`]),
  ].join("\n");
  stdout.write(`${asJson ? JSON.stringify(facts) : lines}\n`);
}

async function clear(): Promise<void> {
  const store = openDiskStore();
  const { entries, bytes } = await store.stats();
  await store.clear();
  stdout.write(`removed ${entries} results, ${inUnits(bytes)}\n`);
}

const dayMs = 24 * 60 * 60 * 1000;

/** Throws: `command.usage`. */
function daysFrom(text: string): number {
  const days = Number(text);
  if (text.trim() !== "" && days >= 0) return days;
  throw usageError(`--older-than ${text}: this is no number of days`, "Use a number such as 30.");
}

async function sweep(days: number): Promise<void> {
  const store = openSharedStore();
  if (store === undefined) {
    throw usageError(
      "no store is shared",
      "INSIGHTGRAPH_STORE names one: a folder, or s3://BUCKET/PREFIX.",
    );
  }
  const keptFromMs = Date.now() - days * dayMs;
  let [count, size] = [0, 0];
  // Runs with workers that were given up leave their files behind.
  for (const prefix of ["results/", "runs/"]) {
    for await (const { key, bytes, writtenMs } of store.list(prefix)) {
      if (writtenMs >= keptFromMs) continue;
      await store.remove(key);
      count += 1;
      size += bytes;
    }
  }
  stdout.write(`removed ${count} results and files from ${store.place}, ${inUnits(size)}\n`);
}

const actions = ["stats", "clear", "sweep"];

/** Runs `insightgraph cache`. @returns the exit code. Throws: command.usage, objects.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    json: { type: "boolean", default: false },
    "older-than": { type: "string", default: "30" },
  });
  const [action, surplus] = positionals;
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "Run it with --help.");
  }
  if (action === "stats") await printStats(values.json);
  else if (action === "clear") await clear();
  else if (action === "sweep") await sweep(daysFrom(values["older-than"]));
  else {
    const what = action === undefined ? "no action is given" : `cache has no "${action}"`;
    throw usageError(
      what,
      action === undefined ? "Add stats, clear or sweep." : namesHint(action, actions),
    );
  }
  return exitCodes.done;
}
