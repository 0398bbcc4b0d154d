import { stdout } from "node:process";
import { countDataset, type Spread } from "../../dataset/count-dataset.ts";
import { openGiven, parseCount } from "../../dataset/dataset-options.ts";
import { exitCodes } from "../../exit-codes.ts";
import { onlyPositional, parseArguments } from "../../parse-arguments.ts";

function spread({ min, mean, max }: Spread): string {
  return `${min} to ${max}, ${mean.toFixed(1)} on average`;
}

function counts(title: string, byName: Readonly<Record<string, number>>): string {
  const lines = Object.entries(byName)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${name}: ${count}\n`);
  return lines.length === 0 ? "" : `${title}:\n${lines.join("")}`;
}

/** Runs `insightgraph dataset stats`. @returns the exit code. Throws: command.usage, dataset.unreadable. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    map: { type: "string" },
    limit: { type: "string" },
    json: { type: "boolean", default: false },
  });
  const place = onlyPositional(positionals, "data set", "dataset stats SET");
  const limit =
    values.limit === undefined ? Number.POSITIVE_INFINITY : parseCount("limit", values.limit);
  const stats = await countDataset(await openGiven(place, values.map), limit);
  if (values.json) {
    stdout.write(`${JSON.stringify(stats, null, 2)}\n`);
    return exitCodes.done;
  }
  const { records, unreadable, filled, editTypes, instructionWords, sourcePixels } = stats;
  stdout.write(`${records} records${unreadable > 0 ? `, ${unreadable} unreadable` : ""}\n`);
  stdout.write(counts("records with a value", filled));
  stdout.write(counts("kinds of edits", editTypes));
  if (instructionWords.count > 0) {
    stdout.write(`words of instructions: ${spread(instructionWords)}\n`);
  }
  if (sourcePixels.count > 0) stdout.write(`longer side of sources: ${spread(sourcePixels)}\n`);
  return exitCodes.done;
}
