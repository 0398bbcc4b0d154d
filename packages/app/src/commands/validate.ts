import { validateGraph } from "@insightgraph/engine/graph";
import { DONE, INVALID } from "../exit-codes.ts";
import { loadGraph } from "../load-graph.ts";
import { loadRegistry } from "../load-registry.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { reportErrors } from "../report.ts";

export const usage = `usage: insightgraph validate GRAPH

Lists everything that is wrong with a graph file, one line each; nothing runs.
`;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArguments(args, {});
  const [file, surplus] = positionals;
  if (file === undefined)
    throw usageError("no graph file is given", "write insightgraph validate GRAPH.json.");
  if (surplus !== undefined)
    throw usageError(`"${surplus}" is one argument too many`, "add --help.");
  const graph = await loadGraph(file);
  const { catalogue } = await loadRegistry();
  const issues = validateGraph(graph, catalogue);
  reportErrors(issues);
  if (issues.length > 0) return INVALID;
  console.log(`${file}: nothing wrong with its ${Object.keys(graph.nodes).length} nodes`);
  return DONE;
}
