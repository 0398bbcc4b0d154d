import { stdout } from "node:process";
import { namesHint } from "@insightgraph/engine/graph";
import { exitCodes } from "../exit-codes.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { cacheDir } from "../places.ts";
import { maxCacheBytes, openDiskStore } from "../result-store.ts";
import { inUnits } from "../units.ts";

/** What `insightgraph cache --help` prints. */
export const usage = `usage: insightgraph cache stats|clear

Results cached on disk, so that later runs need not compute them again.
Above a total of ${inUnits(maxCacheBytes)}, the least recently used results are removed.

  stats   show their number, size and folder
  clear   remove them all; they are computed again when needed
  --json  (stats) print JSON
`;

async function printStats(asJson: boolean): Promise<void> {
  const { entries, bytes } = await openDiskStore().stats();
  const facts = { folder: cacheDir, entries, bytes, maxBytes: maxCacheBytes };
  const lines = `results: ${entries}\nsize: ${inUnits(bytes)} of ${inUnits(maxCacheBytes)}\nfolder: ${cacheDir}`;
  stdout.write(`${asJson ? JSON.stringify(facts) : lines}\n`);
}

async function clear(): Promise<void> {
  const store = openDiskStore();
  const { entries, bytes } = await store.stats();
  await store.clear();
  stdout.write(`removed ${entries} results, ${inUnits(bytes)}\n`);
}

/** Runs `insightgraph cache`. @returns the exit code. Throws: command.usage. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    json: { type: "boolean", default: false },
  });
  const [action, surplus] = positionals;
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "Run it with --help.");
  }
  if (action === "stats") await printStats(values.json);
  else if (action === "clear") await clear();
  else {
    const what = action === undefined ? "no action is given" : `cache has no "${action}"`;
    throw usageError(
      what,
      action === undefined ? "Add stats or clear." : namesHint(action, ["stats", "clear"]),
    );
  }
  return exitCodes.done;
}
