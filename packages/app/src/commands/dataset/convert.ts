import { stderr, stdout } from "node:process";
import {
  learnSchema,
  openDatasetFolder,
  shardFormat,
  shardFormats,
} from "@insightgraph/editing/datasets";
import { toSentence, toWireError } from "@insightgraph/engine/errors";
import { convertDataset } from "../../dataset/convert-dataset.ts";
import {
  mappingText,
  openGiven,
  parseCount,
  parseMegabytes,
} from "../../dataset/dataset-options.ts";
import { toDatasetFault } from "../../dataset/fault.ts";
import { requireEmpty } from "../../dataset/require-empty.ts";
import { exitCodes } from "../../exit-codes.ts";
import { onlyPositional, parseArguments, usageError } from "../../parse-arguments.ts";
import { parseChoice } from "../../parse-choice.ts";
import { fromCaller } from "../../places.ts";
import { untilInterrupt } from "../../until-interrupt.ts";

const formats = shardFormats.map(({ name }) => name);

/** Runs `insightgraph dataset convert`. @returns the exit code. Throws: command.usage, dataset.unreadable. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    sink: { type: "string" },
    format: { type: "string" },
    map: { type: "string" },
    limit: { type: "string" },
    "shard-size": { type: "string", default: "500" },
    json: { type: "boolean", default: false },
  });
  const place = onlyPositional(positionals, "data set", "dataset convert SET --sink DIR");
  if (values.sink === undefined) throw usageError("--sink is missing", "Write --sink DIR.");
  const sink = fromCaller(values.sink);
  const format = parseChoice("format", values.format, formats[0] ?? "", formats);
  const limit = values.limit === undefined ? undefined : parseCount("limit", values.limit);
  const source = await openGiven(place, values.map);
  await requireEmpty(sink);
  if (!values.json) stderr.write(mappingText(source));
  const fields = (await learnSchema(source)).filter(({ name }) => name !== "key");
  const dataset = await openDatasetFolder(sink, shardFormat(format), fields);
  let unreadable = 0;
  const records = await untilInterrupt(
    "stopping; convert starts again from the first record",
    (signal) =>
      convertDataset({
        ...{ source, dataset, signal, limit: limit ?? Number.POSITIVE_INFINITY },
        shardBytes: parseMegabytes("shard-size", values["shard-size"]),
        onUnreadable(key, thrown) {
          unreadable += 1;
          stderr.write(`${key}: ${toSentence(toWireError(toDatasetFault(thrown)))}\n`);
        },
      }),
  );
  const told = { type: "dataset-written", path: sink, records, unreadable };
  if (values.json) stdout.write(`${JSON.stringify(told)}\n`);
  else stdout.write(`${records} records in ${sink}\n`);
  return unreadable > 0 ? exitCodes.failed : exitCodes.done;
}
