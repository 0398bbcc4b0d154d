import { stdout } from "node:process";
import { type Issue, validateAblation, validateGraph } from "@insightgraph/engine/graph";
import { migrateGraph } from "@insightgraph/engine/node";
import { exitCodes } from "../exit-codes.ts";
import { loadGraph } from "../load-graph.ts";
import { loadRegistry } from "../load-registry.ts";
import { onlyPositional, parseArguments } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { reportIssues } from "../report.ts";

/** What `insightgraph validate --help` prints. */
export const usage = `usage: insightgraph validate GRAPH|PICTURE [--nodes PLACE]… [--json]

Lists all errors in a graph file, or in the graph of a saved PNG, one per line, those of its variants included. Nothing is run.

  --nodes PLACE  load more nodes from a .ts or .js file or a folder; this runs their code
  --json         print the errors as a JSON list
`;

/** Runs `insightgraph validate`. @returns the exit code. Throws: command.usage, file.*, graph.*. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    nodes: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
  });
  const file = onlyPositional(positionals, "graph file", "validate GRAPH.json");
  const graph = await loadGraph(file);
  const { registry } = await loadRegistry(values.nodes.map(fromCaller));
  const current = migrateGraph(graph, registry.nodes);
  const issues: readonly Issue[] = [
    ...validateGraph(current, registry.catalogue),
    ...validateAblation(current, registry.catalogue),
  ];
  if (values.json) stdout.write(`${JSON.stringify(issues, null, 2)}\n`);
  else reportIssues(issues, values.nodes.length > 0);
  if (issues.length > 0) return exitCodes.invalid;
  const count = Object.keys(graph.nodes).length;
  if (!values.json) stdout.write(`${file}: valid, ${count} nodes\n`);
  return exitCodes.done;
}
