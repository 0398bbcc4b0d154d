import {
  entryOf,
  type GraphDocument,
  isParamInput,
  type NodeCatalogue,
  stringifyGraph,
} from "@insightgraph/engine/graph";
import { settingOf } from "./variant.ts";

/** The command that runs a graph file, with the values that its named inputs have now. */
export function runCommand(graph: GraphDocument, catalogue: NodeCatalogue, file: string): string {
  const settings = Object.entries(graph.inputs ?? {}).flatMap(([name, input]) => {
    if (!isParamInput(input)) return [];
    const node = entryOf(graph.nodes, input.node);
    const spec = entryOf(entryOf(catalogue, node?.type ?? "")?.params, input.param);
    if (node === undefined || spec === undefined) return [];
    const isLinked = entryOf(node.inputs, input.param) !== undefined;
    if (isLinked) return [];
    return [`--set ${quote(`${name}=${String(settingOf(node, input.param, spec))}`)}`];
  });
  return ["npm start -- run", quote(file), ...settings].join(" ");
}

/** The request that queues a graph on a server, for `curl`. */
export function curlCommand(graph: GraphDocument, server: string): string {
  const body = JSON.stringify({ graph: JSON.parse(stringifyGraph(graph)) });
  return `curl -s ${quote(`${server}/api/jobs`)} -H 'content-type: application/json' -d ${quote(body)}`;
}

/** One argument of a POSIX shell. */
function quote(text: string): string {
  return /^[\w./=:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
