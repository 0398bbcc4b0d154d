import {
  type GraphDocument,
  type GraphNode,
  graphInputs,
  isParamInput,
  isPortInput,
  type Json,
  type Link,
  type NodeCatalogue,
  openOutputInputs,
  setParam,
} from "@insightgraph/engine/graph";
import { typesIn } from "../output-writers.ts";

/** A value for a named input: JSON, or the path of a picture. */
export type InputValue = { readonly json: Json } | { readonly file: string };

/** Nodes that give a value of a port type, the last of them the value itself. */
interface ValueNodes {
  readonly param: string;
  readonly nodes: readonly {
    readonly type: string;
    readonly output: string;
    /** The input that takes what the node before gives. */
    readonly input?: string;
  }[];
}

const load = { type: "image.load", output: "image" } as const;

const valueNodes: Readonly<Record<string, ValueNodes>> = {
  image: { param: "path", nodes: [load] },
  mask: {
    param: "path",
    nodes: [load, { type: "mask.from-image", output: "mask", input: "image" }],
  },
  text: { param: "text", nodes: [{ type: "text.value", output: "text" }] },
  number: { param: "value", nodes: [{ type: "number.value", output: "number" }] },
  boolean: { param: "value", nodes: [{ type: "number.boolean", output: "boolean" }] },
};

function relinked(graph: GraphDocument, name: string, to: Link): GraphDocument {
  const relink = (link: Link): Link =>
    link.node === graphInputs && link.output === name ? to : link;
  const relinkAll = (links: Readonly<Record<string, Link>> = {}) =>
    Object.fromEntries(Object.entries(links).map(([key, link]) => [key, relink(link)]));
  const nodes = Object.entries(graph.nodes).map(([id, node]) => {
    return [id, node.inputs === undefined ? node : { ...node, inputs: relinkAll(node.inputs) }];
  });
  const { [name]: _, ...inputs } = graph.inputs ?? {};
  return {
    ...graph,
    nodes: Object.fromEntries(nodes),
    inputs,
    outputs: relinkAll(graph.outputs),
  };
}

/** The graph with nodes in place of a port; unchanged for a type of which no value can be written down. */
function withNodes(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  name: string,
  type: string,
  value: Json,
): GraphDocument {
  const found = valueNodes[type];
  if (found === undefined) return graph;
  const nodes: Record<string, GraphNode> = { ...graph.nodes };
  let last: Link | undefined;
  for (const { type: nodeType, output, input } of found.nodes) {
    const id = `input:${name.replaceAll("/", "-")}:${output}`;
    const version = catalogue[nodeType]?.version ?? 1;
    nodes[id] =
      input === undefined || last === undefined
        ? { type: nodeType, version, params: { [found.param]: value } }
        : { type: nodeType, version, inputs: { [input]: last } };
    last = { node: id, output };
  }
  return last === undefined ? graph : relinked({ ...graph, nodes }, name, last);
}

/** The graph with values for its named inputs, whatever each of them names. */
export function bindValues(
  document: GraphDocument,
  catalogue: NodeCatalogue,
  values: Readonly<Record<string, InputValue>>,
): GraphDocument {
  let graph = openOutputInputs(document, Object.keys(values), typesIn(document, catalogue));
  for (const [name, given] of Object.entries(values)) {
    const input = graph.inputs?.[name];
    if (input === undefined) continue;
    const value = "file" in given ? given.file : given.json;
    if (isParamInput(input)) graph = setParam(graph, input.node, input.param, value);
    else if (isPortInput(input)) graph = withNodes(graph, catalogue, name, input.type, value);
  }
  return graph;
}
