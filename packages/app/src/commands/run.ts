import path from "node:path";
import { stderr } from "node:process";
import type { NodeCatalogue } from "@insightgraph/engine/graph";
import type { RunRequest } from "@insightgraph/engine/host";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { inFolder } from "../in-folder.ts";
import { loadGraph } from "../load-graph.ts";
import { withOutFolder, withOutput } from "../output-writers.ts";
import { onlyPositional, parseArguments, usageError } from "../parse-arguments.ts";
import { parsePriority } from "../parse-priority.ts";
import { fromCaller } from "../places.ts";
import { runInChild } from "../run-in-child.ts";
import { withParam } from "../set-param.ts";

/** What `insightgraph run --help` prints. */
export const usage = `usage: insightgraph run GRAPH|PICTURE [options]

Runs a graph file, or the graph that a saved PNG carries. Relative paths in it start in its own folder,
those given here in yours. A manifest of the run is written beside the first file that the run writes.

  --set NODE.PARAM=VALUE  set a param for this run; NAME=VALUE sets a named input of the graph
  --output NAME=FILE      also write a named output of the graph to a file
  --out DIR               write every named output, and what the graph saves, into one folder
  --overwrite             let --output and --out replace files that no earlier run of the graph wrote
  --manifest FILE         write the manifest there
  --nodes PLACE           also know the nodes of a .ts or .js file, or of a folder; this runs their code
${deviceUsage(26)}
  --server URL            run as a job of a running server, whose nodes and cache it uses; --device is one
                          of the server's, by default any
  --priority N            with --server: jobs of a higher one start first (0)
  --no-cache              make every result anew, and keep none on disk
  --json                  tell what happens as lines of JSON (docs/command.md)
`;

const list = { type: "string", multiple: true, default: [] as string[] } as const;

function tellLeft(name: string): void {
  stderr.write(`${name}: not written, because no node type writes its kind to a file\n`);
}

/** What a server decides for itself cannot be chosen for one of its jobs. */
function checkServerOptions(values: Readonly<Record<string, unknown>>): void {
  if (values["server"] === undefined) {
    if (values["priority"] === undefined) return;
    throw usageError("--priority is for jobs of a server", "Add --server, or leave it out.");
  }
  const own = ["manifest", "nodes", "no-cache", "precision"];
  const given = own.find((name) => {
    const value = values[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (given === undefined) return;
  throw usageError(
    `--${given} does not go with --server`,
    "Leave it out: the server was started with its own.",
  );
}

/** Runs `insightgraph run`. @returns the exit code. Throws: command.usage, file.*, graph.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    set: list,
    output: list,
    out: { type: "string" },
    overwrite: { type: "boolean", default: false },
    manifest: { type: "string" },
    nodes: list,
    server: { type: "string" },
    priority: { type: "string" },
    json: { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    ...deviceOptions,
  });
  checkServerOptions(values);
  const out = values.out === undefined ? undefined : fromCaller(values.out);
  const isOverwriting = values.overwrite;
  const manifest = values.manifest ?? (out && path.join(out, "manifest.json"));
  const file = onlyPositional(positionals, "graph file", "run GRAPH.json");
  const graph = await loadGraph(file);
  const prepare = (catalogue: NodeCatalogue): RunRequest => {
    let edited = graph;
    for (const pair of values.set) edited = withParam(edited, catalogue, pair);
    if (out !== undefined) {
      const place = { folder: out, isOverwriting, onLeft: tellLeft };
      edited = withOutFolder(edited, catalogue, place);
    }
    for (const pair of values.output) edited = withOutput(edited, catalogue, pair, isOverwriting);
    const isOfServer = values.server !== undefined && values.device !== undefined;
    return { graph: edited, ...(isOfServer ? { device: values.device } : {}) };
  };
  const start = async (): Promise<number> => {
    const { code } = await runInChild({
      folder: path.dirname(fromCaller(file)),
      isWithoutCache: values["no-cache"],
      ...(values.server === undefined ? { device: deviceOf(values) } : {}),
      nodePlaces: values.nodes.map(fromCaller),
      isJson: values.json,
      ...(values.server === undefined ? {} : { server: values.server }),
      priority: parsePriority(values.priority ?? "0"),
      ...(manifest === undefined ? {} : { manifest: fromCaller(manifest) }),
      prepare,
    });
    return code;
  };
  return out === undefined ? start() : inFolder(out, start);
}
