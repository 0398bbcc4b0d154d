import { access } from "node:fs/promises";
import { usageError } from "../../parse-arguments.ts";
import { fromCaller } from "../../places.ts";
import { run as serve } from "../serve.ts";

/**
 * Runs `insightgraph dataset browse`: `serve` with its page at the data set.
 * @returns the exit code. Throws: command.usage, and what `serve` throws.
 */
export async function run([place, ...options]: readonly string[]): Promise<number> {
  if (place === undefined || place.startsWith("-")) {
    throw usageError("the data set is missing", "Write `insightgraph dataset browse SET`.");
  }
  await access(fromCaller(place)).catch(() => {
    throw usageError(`"${place}" is not there`, "Give a folder or a file of a data set.");
  });
  return serve(["--dataset", place, ...options]);
}
