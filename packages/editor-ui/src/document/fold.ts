import {
  entryOf,
  type GraphDocument,
  type GraphInput,
  type GraphNode,
  type GraphTyping,
  graphInputs,
  innermostOf,
  isParamInput,
  isPortInput,
  isVariable,
  type Link,
  type NodeCatalogue,
  type Subgraph,
  subgraphType,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { words } from "../messages/messages.ts";
import { ownDoc } from "../messages/translate-catalogue.ts";
import { boundsOf, placeOf } from "./boxes.ts";
import { type GraphEdit, nodeOf } from "./edits.ts";
import { inputPort } from "./input-names.ts";
import { linksOf } from "./links.ts";
import { createNodeId } from "./node-id.ts";
import { nodesAfter, nodesBefore } from "./reach.ts";
import { titleAt } from "./variant.ts";

/** An edit that folds nodes into a subgraph, and the node that stands for it. */
export interface Fold {
  readonly edit: GraphEdit;
  readonly id: string;
}

type Typing = Pick<GraphTyping, "typeOf">;

/** What the folded nodes take from outside, by the name of the port it comes in by. */
interface Entry {
  readonly link: Link;
  readonly type: string;
  readonly doc: string;
}

/** Why nodes cannot become one node, in words; undefined when they can. */
export function whyNotFoldable(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Typing,
  ids: readonly string[],
): string | undefined {
  const inside = new Set(ids.filter((id) => nodeOf(graph, id) !== undefined));
  if (inside.size === 0) return words.fold.nothing;
  for (const { link, type } of entriesOf(graph, catalogue, typing, inside).values()) {
    if (isVariable(innermostOf(type)))
      return words.fold.unknownType(titleAt(graph, link.node, catalogue));
  }
  for (const [label, input] of Object.entries(graph.inputs ?? {})) {
    const isNamed = !isPortInput(input) && !isParamInput(input) && inside.has(input.node);
    if (isNamed) return words.fold.namedInput(label, titleAt(graph, input.node, catalogue));
  }
  const befores = [...inside].map((id) => nodesBefore(graph, id));
  for (const id of inside) {
    for (const after of nodesAfter(graph, id)) {
      const isBetween = !inside.has(after) && befores.some((before) => before.has(after));
      if (isBetween) return words.fold.between(titleAt(graph, after, catalogue));
    }
  }
  return undefined;
}

/**
 * Makes one node of several: they become a subgraph, with a port for each value that comes in or
 * goes out. Links, named inputs and named outputs of the graph keep their meaning.
 */
export function foldNodes(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Typing,
  ids: readonly string[],
  title: string,
): Fold {
  const inside = new Set(ids.filter((id) => nodeOf(graph, id) !== undefined));
  const name = createNodeId(toName(title), new Set(Object.keys(graph.graphs ?? {})));
  const id = createNodeId(toName(title), new Set(Object.keys(graph.nodes)));
  const entries = entriesOf(graph, catalogue, typing, inside);
  const exits = exitsOf(graph, inside);
  const names = namesInside(graph, inside, new Set(entries.keys()));
  const subgraph: Subgraph = {
    name: title,
    nodes: innerNodes(graph, inside, entries),
    ...tableOf("inputs", { ...portsOf(entries), ...names.inner }),
    ...tableOf("outputs", Object.fromEntries(exits)),
  };
  const corner = boundsOf(
    [...inside].map((one) => ({ ...placeOf(graph, one), width: 0, height: 0 })),
  );
  const at = { x: corner?.x ?? 0, y: corner?.y ?? 0 };
  const inputs = Object.fromEntries([...entries].map(([port, { link }]) => [port, link]));
  const node: GraphNode = {
    type: subgraphType(name),
    version: 1,
    ...tableOf("inputs", inputs),
    ui: at,
  };
  const edit: GraphEdit = (draft) => {
    draft.graphs = { ...draft.graphs, [name]: subgraph as Draft<Subgraph> };
    for (const one of inside) delete draft.nodes[one];
    draft.nodes[id] = node as Draft<GraphNode>;
    const rewire = (link: Draft<Link>) => {
      if (!inside.has(link.node)) return;
      link.output = [...exits].find(([, exit]) => isSame(exit, link))?.[0] ?? link.output;
      link.node = id;
    };
    for (const other of Object.values(draft.nodes))
      Object.values(other.inputs ?? {}).forEach(rewire);
    Object.values(draft.outputs ?? {}).forEach(rewire);
    for (const [label, param] of names.outer) {
      if (draft.inputs !== undefined) draft.inputs[label] = { node: id, param };
    }
  };
  return { edit, id };
}

function toName(title: string): string {
  const kebab = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return kebab === "" ? "group" : kebab;
}

function tableOf<Name extends string, Value>(name: Name, table: Readonly<Record<string, Value>>) {
  return (Object.keys(table).length === 0 ? {} : { [name]: table }) as {
    readonly [key in Name]?: Readonly<Record<string, Value>>;
  };
}

function isSame(one: Link, other: Link): boolean {
  return one.node === other.node && one.output === other.output;
}

/** Values from outside: one port for each source, of the type that flows there. */
function entriesOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Typing,
  inside: ReadonlySet<string>,
): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const target of inside) {
    const node = nodeOf(graph, target);
    const spec = entryOf(catalogue, node?.type ?? "");
    for (const [input, link] of Object.entries(node?.inputs ?? {})) {
      if (inside.has(link.node)) continue;
      if ([...entries.values()].some((one) => isSame(one.link, link))) continue;
      const port = inputPort(spec, input);
      const type = typing.typeOf(link) ?? port?.type ?? "T";
      const name = createNodeId(input, new Set(entries.keys()));
      entries.set(name, { link, type, doc: port === undefined ? "" : ownDoc(port) });
    }
  }
  return entries;
}

function portsOf(entries: ReadonlyMap<string, Entry>): Record<string, GraphInput> {
  return Object.fromEntries([...entries].map(([name, { type, doc }]) => [name, { type, doc }]));
}

/** Values that others, or the graph itself, take from the folded nodes. */
function exitsOf(graph: GraphDocument, inside: ReadonlySet<string>): Map<string, Link> {
  const taken = [
    ...linksOf(graph).flatMap(({ source, output, target }) =>
      inside.has(source) && !inside.has(target) ? [{ node: source, output }] : [],
    ),
    ...Object.values(graph.outputs ?? {}).filter(({ node }) => inside.has(node)),
  ];
  const exits = new Map<string, Link>();
  for (const link of taken) {
    if ([...exits.values()].some((exit) => isSame(exit, link))) continue;
    exits.set(createNodeId(link.output, new Set(exits.keys())), {
      node: link.node,
      output: link.output,
    });
  }
  return exits;
}

/** The folded nodes, with links from outside led through the subgraph's ports. */
function innerNodes(
  graph: GraphDocument,
  inside: ReadonlySet<string>,
  entries: ReadonlyMap<string, Entry>,
): Record<string, GraphNode> {
  return Object.fromEntries(
    [...inside].flatMap((id) => {
      const node = nodeOf(graph, id);
      if (node === undefined) return [];
      const links = Object.entries(node.inputs ?? {}).map(([input, link]) => {
        if (inside.has(link.node)) return [input, link] as const;
        const port = [...entries].find(([, entry]) => isSame(entry.link, link))?.[0] ?? input;
        return [input, { node: graphInputs, output: port }] as const;
      });
      const { inputs: _, ...rest } = node;
      return [[id, { ...rest, ...tableOf("inputs", Object.fromEntries(links)) }] as const];
    }),
  );
}

interface Names {
  readonly inner: Readonly<Record<string, GraphInput>>;
  /** By the graph's own name: the param of the folded node that it stands for. */
  readonly outer: ReadonlyMap<string, string>;
}

/** Named inputs of the graph that mean something of the folded nodes: the subgraph has them now. */
function namesInside(
  graph: GraphDocument,
  inside: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): Names {
  const inner: Record<string, GraphInput> = {};
  const outer = new Map<string, string>();
  for (const [label, input] of Object.entries(graph.inputs ?? {})) {
    if (!isParamInput(input) || !inside.has(input.node)) continue;
    const name = createNodeId(label, new Set([...taken, ...Object.keys(inner)]));
    inner[name] = input;
    outer.set(label, name);
  }
  return { inner, outer };
}
