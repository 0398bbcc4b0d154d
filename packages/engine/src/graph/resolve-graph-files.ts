import { EngineError, type Place } from "../errors.ts";
import { entryOf } from "./catalogue.ts";
import {
  type GraphBody,
  type GraphDocument,
  type GraphNode,
  graphInputs,
  type Subgraph,
} from "./document.ts";
import { mapValues } from "./map-values.ts";
import { subgraphName, subgraphType } from "./subgraphs.ts";

/** Reads a graph file. @param path From the document's folder, with forward slashes. */
export type ReadGraph = (path: string) => Promise<GraphDocument>;

type Subgraphs = Readonly<Record<string, Subgraph>>;

const maxDepth = 64;
const maxFiles = 1000;

interface Resolving {
  readonly read: ReadGraph;
  /** Files around this one, outermost first. */
  readonly around: readonly string[];
  readonly count: { files: number };
  /** Whether a reference of this document that cannot be read stays. */
  readonly keepsUnread: boolean;
}

/**
 * A path from the document's folder, for a file named in another file of its tree.
 * Throws: `graph.file` where it leads out of the document's folder.
 */
function pathFrom(file: string, around: readonly string[], at: Place): string {
  const parts = (around.at(-1) ?? "").split("/").slice(0, -1);
  for (const part of file.split("/")) {
    const isOutside = part === ".." ? parts.pop() === undefined : /^$|[\\:\0]/.test(part);
    if (isOutside) {
      throw new EngineError("graph.file", `"${file}" is not a path inside the graph's own folder`, {
        at,
        hint: "Name a file there or in a folder below, with forward slashes.",
      });
    }
    if (part !== "." && part !== "..") parts.push(part);
  }
  return parts.join("/");
}

function checkExtent(path: string, { around, count }: Resolving, at: Place): void {
  if (around.includes(path)) {
    const ring = [...around.slice(around.indexOf(path)), path].slice(0, 12).join(" -> ");
    throw new EngineError("graph.recursion", `these graph files use each other: ${ring}`, {
      at,
      hint: "A graph cannot contain itself. Remove one of these references.",
    });
  }
  if (around.length >= maxDepth) {
    throw new EngineError("graph.too-deep", `graph files are nested more than ${maxDepth} deep`, {
      at,
      hint: "Put some of them into one file.",
    });
  }
  count.files++;
  if (count.files > maxFiles) {
    throw new EngineError("graph.too-large", `the graph refers to more than ${maxFiles} files`, {
      at,
      hint: "Use a list or a stream instead of copies.",
    });
  }
}

async function readFrom(path: string, read: ReadGraph, at: Place): Promise<GraphDocument> {
  try {
    return await read(path);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    const { what, hint } = cause;
    throw new EngineError("graph.file", `"${path}" cannot be used: ${what}`, { at, hint, cause });
  }
}

/** Ids of the nodes that a graph's named outputs need. */
function neededIds({ nodes, outputs = {} }: GraphBody): Set<string> {
  const needed = new Set<string>();
  const rest = Object.values(outputs).map(({ node }) => node);
  for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
    if (id === graphInputs || needed.has(id)) continue;
    needed.add(id);
    rest.push(...Object.values(entryOf(nodes, id)?.inputs ?? {}).map(({ node }) => node));
  }
  return needed;
}

/** The graph as it is called: nodes that no named output needs, such as those that save, are muted. */
function calledBody(graph: GraphDocument): GraphBody {
  const needed = neededIds(graph);
  const nodes = mapValues(graph.nodes, (node, id) =>
    needed.has(id) ? node : { ...node, muted: true },
  );
  return { nodes, inputs: graph.inputs ?? {}, outputs: graph.outputs ?? {} };
}

/** The body with its subgraphs under the names that they have in the document around it. */
function renamed<B extends GraphBody>(body: B, nameOf: (inner: string) => string): B {
  const rename = (node: GraphNode): GraphNode => {
    const inner = subgraphName(node.type);
    return inner === undefined ? node : { ...node, type: subgraphType(nameOf(inner)) };
  };
  return { ...body, nodes: mapValues(body.nodes, rename) };
}

/** A subgraph that stands in a file of its own. */
interface Reference extends Subgraph {
  readonly file: string;
}

function isReference(graph: Subgraph): graph is Reference {
  return graph.file !== undefined;
}

/** The subgraph that a file holds, with those that came with it as `NAME.inner`. */
async function subgraphsFrom(
  name: string,
  { nodes: _, ...reference }: Reference,
  resolving: Resolving,
): Promise<Subgraphs> {
  const at = { path: `graphs.${name}.file` };
  const path = pathFrom(reference.file, resolving.around, at);
  checkExtent(path, resolving, at);
  const read = await readFrom(path, resolving.read, at);
  const around = [...resolving.around, path];
  const {
    name: title,
    graphs = {},
    ...graph
  } = await resolve(read, {
    ...resolving,
    around,
    keepsUnread: false,
  });
  if (Object.keys(graph.outputs ?? {}).length === 0) {
    throw new EngineError("graph.file", `"${path}" names no output`, {
      at,
      hint: 'Give it "outputs": a graph is called for them.',
    });
  }
  const nameOf = (inner: string): string => `${name}.${inner}`;
  const called = { ...reference, ...(title && { name: title }), ...calledBody(graph) };
  const brought = Object.entries(graphs).map(([inner, { file: _, ...body }]) => {
    return [nameOf(inner), { ...renamed(body, nameOf), within: name }] as const;
  });
  return { [name]: renamed(called, nameOf), ...Object.fromEntries(brought) };
}

async function readReference(
  name: string,
  reference: Reference,
  resolving: Resolving,
): Promise<Subgraphs> {
  try {
    return await subgraphsFrom(name, reference, resolving);
  } catch (thrown) {
    if (!resolving.keepsUnread || !(thrown instanceof EngineError)) throw thrown;
    return { [name]: { file: reference.file, nodes: {} } };
  }
}

async function resolve(document: GraphDocument, resolving: Resolving): Promise<GraphDocument> {
  if (document.graphs === undefined) return document;
  const graphs: Record<string, Subgraph> = {};
  for (const [name, graph] of Object.entries(document.graphs)) {
    if (graph.within !== undefined) continue;
    const found = isReference(graph)
      ? await readReference(name, graph, resolving)
      : { [name]: graph };
    const taken = Object.keys(found).find((full) => Object.hasOwn(graphs, full));
    if (taken !== undefined) {
      throw new EngineError("graph.duplicate-key", `two subgraphs are called "${taken}"`, {
        at: { path: `graphs.${name}` },
        hint: "Rename one of them.",
      });
    }
    Object.assign(graphs, found);
  }
  return { ...document, graphs };
}

/** How a document's references are read. */
export interface ResolveOptions {
  /** A reference that cannot be read stays as it is, without nodes, so that the rest can be edited. */
  readonly keepsUnread?: boolean;
}

/**
 * Reads the graph files that a document refers to, and those that these refer to. What comes back can run and still
 * says where it was read from, so that saving it writes the references again. A file is called
 * for its named outputs: what they do not need is muted, so that it saves nothing by itself.
 * Throws: `graph.file`, `graph.recursion`, `graph.too-deep`, `graph.too-large`, `graph.duplicate-key`; other errors of `read` as they are.
 */
export function resolveGraphFiles(
  document: GraphDocument,
  read: ReadGraph,
  { keepsUnread = false }: ResolveOptions = {},
): Promise<GraphDocument> {
  return resolve(document, { read, around: [], count: { files: 0 }, keepsUnread });
}

/** The document with what its files held as its own: it runs anywhere. */
export function withoutGraphFiles(document: GraphDocument): GraphDocument {
  if (document.graphs === undefined) return document;
  const graphs = mapValues(document.graphs, ({ file: _, within: __, ...graph }) => graph);
  return { ...document, graphs };
}
