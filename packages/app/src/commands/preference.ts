import path from "node:path";
import { stdout } from "node:process";
import { EditingError } from "@insightgraph/editing/errors";
import { writeWhole } from "@insightgraph/editing/files";
import { type ItemVote, parseVotes, preferencesIn } from "@insightgraph/editing/metrics";
import { readRegular } from "@insightgraph/engine/cache";
import { parseCount } from "../dataset/dataset-options.ts";
import { exitCodes } from "../exit-codes.ts";
import { readGiven } from "../load-graph.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { drawTrials } from "../preference/draw-trials.ts";
import { votePage } from "../preference/vote-page.ts";

/** What `--help` prints. */
export const usage = `usage: insightgraph preference page FOLDER -o votes.html [options]
       insightgraph preference scores VOTES.jsonl… [--json]

Asks people which of two variants' results is better, blind, and turns votes into scores.

page: one file that opens anywhere, on pairs of pictures that insightgraph ablate kept in FOLDER. Keys 1, 2 and 0 (tie).
Each vote is kept in the browser at once; "save votes" gives a file of JSON lines.

  --picture NAME   the named output to vote on (edit)
  --context NAMES  named outputs to show above, set apart by commas (source,target)
  --count N        most pairs (100)
  --seed N         draws pairs, order and sides (1)

scores: Bradley-Terry scores with 95 % bootstrap intervals, whose differences are log odds; and how far judges agree.
`;

const maxTableBytes = 512 * 1024 ** 2;
interface PageOptions {
  readonly folder: string;
  readonly out: string;
  readonly picture: string;
  readonly context: readonly string[];
  readonly count: number;
  readonly seed: number;
}

async function makePage({ folder, out, ...options }: PageOptions): Promise<number> {
  const bytes = await readRegular(path.join(folder, "table.json"), maxTableBytes).catch(
    (cause: unknown) => {
      throw usageError(
        `${folder} holds no ablation (${String(cause)})`,
        "Give the folder that insightgraph ablate --out wrote.",
      );
    },
  );
  const table = JSON.parse(Buffer.from(bytes).toString()) as {
    readonly variants: readonly string[];
    readonly items: readonly { readonly key: string }[];
  };
  const items = table.items.map(({ key }) => key);
  const trials = await drawTrials({ ...options, folder, variants: table.variants, items });
  await writeWhole(out, votePage(`${path.basename(folder)} ${options.seed}`, trials));
  stdout.write(`${out}: ${trials.length} pairs\n`);
  return exitCodes.done;
}

/** Throws: command.usage for a line that is no vote. */
function votesIn(text: string, file: string): readonly ItemVote[] {
  try {
    return parseVotes(text, file);
  } catch (thrown) {
    if (!(thrown instanceof EditingError)) throw thrown;
    throw usageError(thrown.what, thrown.hint);
  }
}

async function printScores(files: readonly string[], isJson: boolean): Promise<number> {
  const texts = await Promise.all(
    files.map(async (file) => [file, Buffer.from(await readGiven(file, "a votes")).toString()]),
  );
  const votes = texts.flatMap(([file = "", text = ""]) => votesIn(text, file));
  if (votes.length === 0) throw usageError("there are no votes", "Give files with votes.");
  const found = preferencesIn(votes);
  if (isJson) {
    stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return exitCodes.done;
  }
  const { scores, agreements } = found;
  for (const { name, mean, low, high, votes: own } of scores) {
    stdout.write(
      `${name}: ${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), ${own} votes\n`,
    );
  }
  for (const { judges, count, share, kappa } of agreements) {
    // Chance alone explains judges who always say the same one thing.
    const beyondChance = Number.isNaN(kappa) ? "undefined" : kappa.toFixed(2);
    const facts = `${(100 * share).toFixed(0)} % of ${count} cases, kappa ${beyondChance}`;
    stdout.write(`${judges.join(" and ")} agree on ${count === 0 ? "no case" : facts}\n`);
  }
  return exitCodes.done;
}

/** Runs `insightgraph preference`. @returns the exit code. Throws: command.usage, and what reading files throws. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    output: { type: "string", short: "o", default: "votes.html" },
    picture: { type: "string", default: "edit" },
    context: { type: "string", default: "source,target" },
    count: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  });
  const [action, ...files] = positionals;
  const [folder, surplus] = files;
  if (action === "scores" && folder !== undefined) return printScores(files, values.json);
  if (action !== "page" || folder === undefined || surplus !== undefined) {
    throw usageError("page FOLDER or scores VOTES.jsonl is wanted", "Run it with --help.");
  }
  return makePage({
    folder: fromCaller(folder),
    out: fromCaller(values.output),
    picture: values.picture,
    context: values.context.split(",").filter((name) => name !== ""),
    count: parseCount("count", values.count),
    seed: parseCount("seed", values.seed),
  });
}
