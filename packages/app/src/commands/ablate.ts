import { existsSync } from "node:fs";
import path from "node:path";
import { stdout } from "node:process";
import { writeWhole } from "@insightgraph/editing/files";
import { compareVariants, type VariantScores } from "@insightgraph/editing/metrics";
import { parseVariants, type Variant } from "../ablation/parse-variant.ts";
import { cellsToCsv, cellsToMarkdown, itemsToCsv } from "../ablation/print-ablation.ts";
import { cellsToLatex } from "../ablation/print-latex.ts";
import { runVariants, type VariantOptions } from "../ablation/run-variants.ts";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { inFolder } from "../in-folder.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";

/** What `--help` prints. */
export const usage = `usage: insightgraph ablate --variant "NAME: INPUT=VALUE, …" --variant … [options]

Runs graphs/ablate.json once for each variant: edits the first held-out scenes, scores every edit by every metric of the
graph, and prints a table with 95 % intervals and paired tests against the first variant. Results are kept: what variants
share is made once, and after an interruption the same command goes on where it stopped.

  --variant TEXT        a name, then named inputs of the graph: "no-iaa: imageScale=0", or NODE.PARAM=VALUE; graph=FILE
                        takes another graph that edits, with the inputs image, instruction and seed and the output edit
  --count N             how many scenes (100)
  --out DIR             also write items.csv, and table.csv, .md, .tex and .json there
  --overwrite           replace these files
${deviceUsage(24)}
  --no-cache            make every result anew, and keep none on disk
  --json                the table as JSON
`;

const fileNames = ["items.csv", "table.csv", "table.md", "table.tex", "table.json"] as const;

function requireFree(folder: string): void {
  const taken = fileNames.find((name) => existsSync(path.join(folder, name)));
  if (taken === undefined) return;
  throw usageError(
    `${path.join(folder, taken)} is there already`,
    "Add --overwrite to replace it.",
  );
}

/** The table in every form; undefined where the baseline has no scores. */
function printTable([baseline, ...others]: readonly VariantScores[]) {
  if (baseline === undefined) return undefined;
  const count = baseline.scores.values().next().value?.length ?? 0;
  const cells = compareVariants([baseline, ...others], { samples: 10_000, seed: 1 });
  const report = { baseline: baseline.variant, count, correction: "holm", cells };
  return {
    "items.csv": itemsToCsv([baseline, ...others]),
    "table.csv": cellsToCsv(cells),
    "table.md": cellsToMarkdown(cells, count),
    "table.tex": cellsToLatex(cells, count),
    "table.json": `${JSON.stringify(report, null, 2)}\n`,
  };
}

/** What a caller asked for. */
interface Ablation {
  readonly variants: readonly Variant[];
  readonly options: VariantOptions;
  readonly isJson: boolean;
  /** Folder for the files. @default none are written */
  readonly out?: string;
}

async function ablate({ variants, options, isJson, out }: Ablation): Promise<number> {
  const { code, scores } = await runVariants(variants, options);
  // Without its baseline a table would compare with something else than was asked for.
  const texts = scores[0]?.variant === variants[0]?.name ? printTable(scores) : undefined;
  if (texts === undefined) return code;
  stdout.write(isJson ? texts["table.json"] : texts["table.md"]);
  if (out === undefined) return code;
  for (const name of fileNames) await writeWhole(path.join(out, name), texts[name]);
  return code;
}

/** @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    variant: { type: "string", multiple: true, default: [] },
    count: { type: "string" },
    out: { type: "string" },
    overwrite: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    ...deviceOptions,
  });
  const [surplus] = positionals;
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "Quote each variant as a whole.");
  }
  const ablation: Ablation = {
    variants: parseVariants(values.variant),
    options: {
      count: values.count,
      device: deviceOf(values),
      isWithoutCache: values["no-cache"],
    },
    isJson: values.json,
  };
  if (values.out === undefined) return ablate(ablation);
  const out = fromCaller(values.out);
  if (!values.overwrite) requireFree(out);
  return inFolder(out, () => ablate({ ...ablation, out }));
}
