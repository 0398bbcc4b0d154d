import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  isParamInput,
  type NodeCatalogue,
  namesHint,
  type ParamSpec,
  paramFromText,
  setParam,
} from "@insightgraph/engine/graph";
import { parsePair, usageError } from "./parse-arguments.ts";
import { fromCaller } from "./places.ts";

/** A param of a node: its place in the graph, and what it may be, where the node type is known. */
interface Target {
  readonly node: string;
  readonly param: string;
  readonly spec: ParamSpec | undefined;
}

function targetAt(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  node: string,
  param: string,
): Target {
  const type = entryOf(graph.nodes, node)?.type ?? "";
  const spec = entryOf(entryOf(catalogueFor(graph, catalogue), type)?.params, param);
  return { node, param, spec };
}

function targetOfInput(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  name: string,
): Target | undefined {
  const input = entryOf(graph.inputs, name);
  if (input === undefined || !isParamInput(input)) return undefined;
  return targetAt(graph, catalogue, input.node, input.param);
}

function withText(
  graph: GraphDocument,
  { node, param, spec }: Target,
  text: string,
): GraphDocument {
  const value = spec === undefined ? text : paramFromText(spec, text);
  const isFile = spec?.kind === "file" && text !== "";
  return setParam(graph, node, param, isFile ? fromCaller(text) : value);
}

/** Names of the inputs that a text can set. */
export function inputNames({ inputs = {} }: GraphDocument): string[] {
  return Object.entries(inputs).flatMap(([name, input]) => (isParamInput(input) ? [name] : []));
}

/**
 * The graph with a named input set; a relative path is the caller's.
 * @param option As which the caller wrote the name.
 * Throws: `command.usage` where the graph has no such input.
 */
export function withInput(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  [name, text]: readonly [name: string, text: string],
  option = name,
): GraphDocument {
  const target = targetOfInput(graph, catalogue, name);
  if (target !== undefined) return withText(graph, target, text);
  throw usageError(
    `${option}: the graph has no input "${name}"`,
    namesHint(name, inputNames(graph)),
  );
}

/** The graph with one param set as `--set NAME=VALUE` says. Throws: `command.usage`. */
export function withParam(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  pair: string,
): GraphDocument {
  const [name, text] = parsePair("--set", pair);
  const input = targetOfInput(graph, catalogue, name);
  if (input !== undefined) return withText(graph, input, text);
  const at = name.lastIndexOf(".");
  if (at > 0) {
    const target = targetAt(graph, catalogue, name.slice(0, at), name.slice(at + 1));
    return withText(graph, target, text);
  }
  throw usageError(`--set ${name}: the graph has no input of this name`, "Write NODE.PARAM=VALUE.");
}
