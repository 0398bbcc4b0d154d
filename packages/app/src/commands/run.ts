import path from "node:path";
import { EngineError } from "@insightgraph/engine/errors";
import {
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  namesHint,
  paramFromText,
  setParam,
} from "@insightgraph/engine/graph";
import { loadGraph } from "../load-graph.ts";
import { parseArguments, parsePair, usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { runGraphFile } from "../run-graph-file.ts";

export const usage = `usage: insightgraph run GRAPH [--set NODE.PARAM=VALUE]… [--output NAME=FILE]… [--no-cache]

Runs a graph file. Relative paths in it start in its own folder, those given here in yours.

  --set NODE.PARAM=VALUE  sets a param for this run; NAME=VALUE sets a named input of the graph
  --output NAME=FILE      also writes a named output of the graph to a file
  --no-cache              makes every result anew, and keeps none on disk
`;

function targetOf(graph: GraphDocument, name: string): readonly [string, string] {
  const input = entryOf(graph.inputs, name);
  if (input !== undefined) return [input.node, input.param];
  const at = name.lastIndexOf(".");
  if (at > 0) return [name.slice(0, at), name.slice(at + 1)];
  throw usageError(`--set ${name}: the graph has no input of this name`, "write NODE.PARAM=VALUE.");
}

function withParam(graph: GraphDocument, catalogue: NodeCatalogue, pair: string): GraphDocument {
  const [name, text] = parsePair("--set", pair);
  const [node, param] = targetOf(graph, name);
  const type = entryOf(graph.nodes, node)?.type ?? "";
  const spec = entryOf(entryOf(catalogue, type)?.params, param);
  const value = spec === undefined ? text : paramFromText(spec, text);
  const isFile = spec?.kind === "file" && text !== "";
  return setParam(graph, node, param, isFile ? fromCaller(text) : value);
}

/** The node type that writes values of a port type to a file: its input and its path param. */
function writerOf(catalogue: NodeCatalogue, portType: string) {
  for (const spec of Object.values(catalogue)) {
    const [input, ...others] = Object.entries(spec.inputs);
    const target = Object.entries(spec.params).find(
      ([, param]) => param.kind === "file" && param.purpose === "save",
    );
    const isFitting = input?.[1].type === portType && others.length === 0;
    if (spec.isOutput && isFitting && target !== undefined) {
      return { spec, input: input[0], path: target[0] };
    }
  }
  return undefined;
}

function withWriter(graph: GraphDocument, catalogue: NodeCatalogue, pair: string): GraphDocument {
  const [name, file] = parsePair("--output", pair);
  const link = entryOf(graph.outputs, name);
  if (link === undefined) {
    throw new EngineError("graph.unknown-node", `the graph has no output "${name}"`, {
      at: { path: `outputs.${name}` },
      hint: namesHint(name, Object.keys(graph.outputs ?? {})),
    });
  }
  const type = entryOf(graph.nodes, link.node)?.type ?? "";
  const portType = entryOf(entryOf(catalogue, type)?.outputs, link.output)?.type ?? "";
  const writer = writerOf(catalogue, portType);
  if (writer === undefined) {
    throw usageError(`no node type writes ${portType} to a file`, "choose another output.");
  }
  const node = {
    type: writer.spec.type,
    version: writer.spec.version,
    params: { [writer.path]: fromCaller(file) },
    inputs: { [writer.input]: link },
  };
  return { ...graph, nodes: { ...graph.nodes, [`output:${name}`]: node } };
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    set: { type: "string", multiple: true, default: [] },
    output: { type: "string", multiple: true, default: [] },
    "no-cache": { type: "boolean", default: false },
  });
  const [file, surplus] = positionals;
  if (file === undefined)
    throw usageError("no graph file is given", "write insightgraph run GRAPH.json.");
  if (surplus !== undefined)
    throw usageError(`"${surplus}" is one argument too many`, "add --help.");
  const graph = await loadGraph(file);
  return runGraphFile({
    folder: path.dirname(fromCaller(file)),
    isWithoutCache: values["no-cache"],
    prepare(catalogue) {
      let edited = graph;
      for (const pair of values.set) edited = withParam(edited, catalogue, pair);
      for (const pair of values.output) edited = withWriter(edited, catalogue, pair);
      return edited;
    },
  });
}
