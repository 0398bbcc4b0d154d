import { stdout } from "node:process";
import { type FieldValue, isPictureFile, learnSchema } from "@insightgraph/editing/datasets";
import { mappingText, openGiven, parseCount } from "../../dataset/dataset-options.ts";
import { firstRecords } from "../../dataset/first-records.ts";
import { exitCodes } from "../../exit-codes.ts";
import { onlyPositional, parseArguments } from "../../parse-arguments.ts";
import { inUnits } from "../../units.ts";

const maxCharacters = 200;

function shown(value: FieldValue): string {
  if (isPictureFile(value)) return `a picture of ${inUnits(value.bytes.length)}`;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}

/** Runs `insightgraph dataset inspect`. @returns the exit code. Throws: command.usage, dataset.unreadable. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    map: { type: "string" },
    limit: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  });
  const place = onlyPositional(positionals, "data set", "dataset inspect SET");
  const dataset = await openGiven(place, values.map);
  const fields = await learnSchema(dataset);
  const records = (await firstRecords(dataset, parseCount("limit", values.limit))).map(
    ({ key, fields: own }) => ({
      key,
      fields: Object.fromEntries(Object.entries(own).map(([name, value]) => [name, shown(value)])),
    }),
  );
  const { format, layout, mapping } = dataset;
  const count = await dataset.count?.();
  if (values.json) {
    const facts = { format, layout, mapping, count, fields, records };
    stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return exitCodes.done;
  }
  stdout.write(`format: ${format}${count === undefined ? "" : `, ${count} records`}\n`);
  stdout.write(mappingText(dataset));
  for (const { name, kind } of fields) stdout.write(`  ${name}: ${kind}\n`);
  for (const record of records) {
    stdout.write(`\n${record.key}\n`);
    for (const [name, text] of Object.entries(record.fields)) stdout.write(`  ${name}: ${text}\n`);
  }
  return exitCodes.done;
}
