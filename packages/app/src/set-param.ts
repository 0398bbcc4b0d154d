import {
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  paramFromText,
  setParam,
} from "@insightgraph/engine/graph";
import { parsePair, usageError } from "./parse-arguments.ts";
import { fromCaller } from "./places.ts";

function targetOf(graph: GraphDocument, name: string): readonly [string, string] {
  const input = entryOf(graph.inputs, name);
  if (input !== undefined && "node" in input) return [input.node, input.param];
  const at = name.lastIndexOf(".");
  if (at > 0) return [name.slice(0, at), name.slice(at + 1)];
  throw usageError(`--set ${name}: the graph has no input of this name`, "write NODE.PARAM=VALUE.");
}

/** The graph with one param set as `--set NAME=VALUE` says. Throws: `command.usage`. */
export function withParam(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  pair: string,
): GraphDocument {
  const [name, text] = parsePair("--set", pair);
  const [node, param] = targetOf(graph, name);
  const type = entryOf(graph.nodes, node)?.type ?? "";
  const spec = entryOf(entryOf(catalogue, type)?.params, param);
  const value = spec === undefined ? text : paramFromText(spec, text);
  const isFile = spec?.kind === "file" && text !== "";
  return setParam(graph, node, param, isFile ? fromCaller(text) : value);
}
