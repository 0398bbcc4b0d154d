import path from "node:path";
import { EngineError } from "@insightgraph/engine/errors";
import {
  catalogueFor,
  entryOf,
  type GraphDocument,
  type GraphNode,
  type GraphTyping,
  innermostOf,
  type Link,
  type NodeCatalogue,
  type NodeTypeSpec,
  namesHint,
  resolveTypes,
  sortGraph,
} from "@insightgraph/engine/graph";
import { mapFileParams } from "./manifest/graph-files.ts";
import { parsePair, usageError } from "./parse-arguments.ts";
import { fromCaller } from "./places.ts";

/** Nodes that the command adds to write a named output; they are no part of the graph itself. */
const writerPrefix = "output:";

/** Node types that make a writable value of one that is not. */
const conversions: Readonly<Record<string, string>> = {
  mask: "mask.to-image",
  number: "text.from-number",
  boolean: "text.from-boolean",
};

/** A node type that writes one value to a file. */
interface Writer {
  readonly spec: NodeTypeSpec;
  readonly input: string;
  readonly path: string;
  /** Of the files that it writes: `.png`. */
  readonly ending: string;
}

function writerOf(catalogue: NodeCatalogue, portType: string): Writer | undefined {
  for (const spec of Object.values(catalogue)) {
    const [input, ...others] = Object.entries(spec.inputs).filter(([, port]) => !port.optional);
    if (!spec.isOutput || input?.[1].type !== portType || others.length > 0) continue;
    for (const [name, param] of Object.entries(spec.params)) {
      if (param.kind !== "file" || param.purpose !== "save") continue;
      return { spec, input: input[0], path: name, ending: path.extname(param.default) };
    }
  }
  return undefined;
}

/** The port type of what flows along each link of a graph. */
export function typesIn(graph: GraphDocument, catalogue: NodeCatalogue): GraphTyping["typeOf"] {
  const known = catalogueFor(graph, catalogue);
  return resolveTypes(graph, known, sortGraph(graph).order).typeOf;
}

interface Writing {
  readonly writer: Writer;
  /** Stands between, where the value itself cannot be written. */
  readonly conversion?: NodeTypeSpec;
}

/** How what flows along a link can be written; a list is written item by item. */
function writingOf(catalogue: NodeCatalogue, type: string | undefined): Writing | undefined {
  const portType = innermostOf(type ?? "");
  const writer = writerOf(catalogue, portType);
  if (writer !== undefined) return { writer };
  const conversion = entryOf(catalogue, conversions[portType] ?? "");
  const [made] = Object.values(conversion?.outputs ?? {});
  const indirect = made === undefined ? undefined : writerOf(catalogue, made.type);
  if (conversion === undefined || indirect === undefined) return undefined;
  return { writer: indirect, conversion };
}

/** A free node id for what writes an output; a slash would mean a node inside another. */
function writerId(graph: GraphDocument, name: string): string {
  const plain = writerPrefix + name.replaceAll("/", "-");
  let id = plain;
  for (let n = 2; Object.hasOwn(graph.nodes, id); n++) id = `${plain}-${n}`;
  return id;
}

function nodeOf(spec: NodeTypeSpec, input: string, link: Link): GraphNode {
  return { type: spec.type, version: spec.version, inputs: { [input]: link } };
}

/** Where an output goes. */
interface OutputFile {
  readonly file: string;
  /** Whether it may replace a file that no earlier run of the graph wrote. */
  readonly isOverwriting: boolean;
}

/** A file named on the command line is never numbered: it is written there, or the run fails. */
function existingIn(spec: NodeTypeSpec, isOverwriting: boolean): Readonly<Record<string, string>> {
  const existing = entryOf(spec.params, "existing");
  return existing === undefined ? {} : { existing: isOverwriting ? "replace" : "refuse" };
}

function addWriter(
  graph: GraphDocument,
  name: string,
  link: Link,
  { writer, conversion }: Writing,
  { file, isOverwriting }: OutputFile,
): GraphDocument {
  const nodes: Record<string, GraphNode> = { ...graph.nodes };
  const writerNode = writerId(graph, name);
  let from = link;
  const [input] = Object.keys(conversion?.inputs ?? {});
  const [output] = Object.keys(conversion?.outputs ?? {});
  if (conversion !== undefined && input !== undefined && output !== undefined) {
    const id = `${writerNode}:as-${output}`;
    nodes[id] = nodeOf(conversion, input, link);
    from = { node: id, output };
  }
  nodes[writerNode] = {
    ...nodeOf(writer.spec, writer.input, from),
    params: { [writer.path]: file, ...existingIn(writer.spec, isOverwriting) },
  };
  return { ...graph, nodes };
}

/** The graph with a node that writes a named output, as `--output NAME=FILE` says. */
export function withOutput(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  pair: string,
  isOverwriting: boolean,
): GraphDocument {
  const [name, file] = parsePair("--output", pair);
  const link = entryOf(graph.outputs, name);
  if (link === undefined) {
    throw new EngineError("graph.unknown-node", `the graph has no output "${name}"`, {
      at: { path: `outputs.${name}` },
      hint: namesHint(name, Object.keys(graph.outputs ?? {})),
    });
  }
  const writing = writingOf(catalogue, typesIn(graph, catalogue)(link));
  if (writing === undefined) {
    throw usageError(
      `--output ${name}: no node type writes it to a file`,
      "Choose another output.",
    );
  }
  return addWriter(graph, name, link, writing, { file: fromCaller(file), isOverwriting });
}

/** A file name of one part, whatever the text holds. */
export function fileNameOf(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}._ -]+/gu, "-").replace(/^[. ]+/, "");
  return plain === "" ? "output" : plain.slice(0, 100);
}

/** Gives each name once; a second one gets a number. */
function createNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const { name, ext } = path.parse(wanted);
    let free = wanted;
    const key = (): string => free.normalize("NFC").toLowerCase();
    for (let n = 2; taken.has(key()); n++) free = `${name}-${n}${ext}`;
    taken.add(key());
    return free;
  };
}

/** Where everything that a graph writes goes. */
export interface OutFolder {
  readonly folder: string;
  /** Whether named outputs may replace files that no earlier run of the graph wrote. */
  readonly isOverwriting: boolean;
  /** Receives the name of each output that no node type writes. */
  onLeft(name: string): void;
}

/**
 * The graph with everything that it writes in one folder: each named output that can be written,
 * under its name, and the files that its own nodes save.
 */
export function withOutFolder(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { folder, isOverwriting, onLeft }: OutFolder,
): GraphDocument {
  const nameFor = createNames();
  const typeOf = typesIn(graph, catalogue);
  const placed: (readonly [string, Link, Writing, string])[] = [];
  for (const [name, link] of Object.entries(graph.outputs ?? {})) {
    const writing = writingOf(catalogue, typeOf(link));
    if (writing === undefined) {
      onLeft(name);
      continue;
    }
    const file = nameFor(`${fileNameOf(name)}${writing.writer.ending}`);
    placed.push([name, link, writing, path.join(folder, file)]);
  }
  let edited = mapFileParams(graph, catalogue, ({ purpose, path: file }) => {
    if (purpose !== "save") return undefined;
    return path.join(folder, nameFor(fileNameOf(path.win32.basename(file))));
  });
  for (const [name, link, writing, file] of placed) {
    edited = addWriter(edited, name, link, writing, { file, isOverwriting });
  }
  return edited;
}

/** Whether a node is one that `withOutput` or `withOutFolder` added. */
export function isWriter(nodeId: string): boolean {
  return nodeId.startsWith(writerPrefix);
}

/** The graph without what `withOutput` and `withOutFolder` added. */
export function withoutWriters(graph: GraphDocument): GraphDocument {
  const kept = Object.entries(graph.nodes).filter(([id]) => !isWriter(id));
  return { ...graph, nodes: Object.fromEntries(kept) };
}
