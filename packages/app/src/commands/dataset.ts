import { namesHint } from "@insightgraph/engine/graph";
import { toDatasetFault } from "../dataset/fault.ts";
import { deviceUsage } from "../device-options.ts";
import { usageError } from "../parse-arguments.ts";

interface Subcommand {
  run(args: readonly string[]): Promise<number>;
}

const subcommands: Readonly<Record<string, () => Promise<Subcommand>>> = {
  run: () => import("./dataset/run.ts"),
  inspect: () => import("./dataset/inspect.ts"),
  convert: () => import("./dataset/convert.ts"),
  stats: () => import("./dataset/stats.ts"),
  browse: () => import("./dataset/browse.ts"),
};

/** What `insightgraph dataset --help` prints. */
export const usage = `usage: insightgraph dataset run GRAPH --source SET --sink DIR [options]
       insightgraph dataset inspect|stats SET [options]
       insightgraph dataset convert SET --sink DIR [options]
       insightgraph dataset browse SET [options of serve]

  run      run a graph for every record of a data set, and write what it gives as another one
  inspect  show what a data set holds: its format, columns and first records
  stats    count records, kinds of edits, words and sizes
  convert  write a data set in another format
  browse   look at records in the page, accept and reject them by hand

A data set is a folder of photographs, Parquet files, WebDataset tars, an imagefolder, or a file of JSON, JSON lines or CSV.
seeds:N stands for N records with a number each. docs/datasets.md has examples.

  --source SET          where records come from
  --sink DIR            where the data set is written
  --format NAME         of the sink: parquet (the default), imagefolder, webdataset or advancededit
  --map FIELD=COLUMN,…  where fields come from; published sets are known by their columns
  --limit N             take at most so many records
  --json                tell what happens as lines of JSON; inspect, stats: the answer as JSON

of run:
  --input INPUT=FIELD   the field that a named input of the graph takes; else that of its name
  --set NAME=VALUE      set a named input or NODE.PARAM for all records
  --resume              go on with the sink's run; what is done stays, unless the graph changed
  --retry-failed        resume, and run failed items again
  --workers N           processes that run the graph (1)
  --shard I/N           take part I of N of the source, into one sink that N processes or machines share; the part
                        that ends last writes the data set
  --shard-size MB       write a shard as soon as its records take this much (500)
  --connect URL         let workers compute (insightgraph worker), through a PostgreSQL database (or INSIGHTGRAPH_DATABASE)
  --store PLACE         where files are shared with workers: a folder, or s3://BUCKET/PREFIX (or INSIGHTGRAPH_STORE)
  --task-size N         items that a worker takes together (256)
  --priority N          workers take runs of a higher one first (0)
  --nodes PLACE         also know the nodes of a file or folder; this runs their code
${deviceUsage(24)}
  --no-cache            keep no results on disk: a changed graph then starts from its first stage
`;

/** Runs `insightgraph dataset`. @returns the exit code. Throws: command.usage, and what the subcommand throws. */
export async function run([name = "", ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (load === undefined) {
    const what = name === "" ? "no subcommand is given" : `there is no "dataset ${name}"`;
    throw usageError(what, namesHint(name, Object.keys(subcommands)));
  }
  const subcommand = await load();
  return subcommand.run(args).catch((thrown: unknown) => {
    throw toDatasetFault(thrown);
  });
}
