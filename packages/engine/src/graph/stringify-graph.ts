import type { GraphDocument } from "./document.ts";

const maxWidth = 100;
const documentKeys = [
  ...["format", "version", "name", "nodes", "inputs", "outputs", "graphs", "ablation", "ui"],
];
const subgraphKeys = ["name", "doc", "nodes", "inputs", "outputs", "ui"];
const nodeKeys = ["type", "version", "params", "inputs", "bypassed", "muted", "ui"];

type Entry = readonly [string, unknown];

/** Known fields in their order, then the others as they came; undefined ones are left out. */
function ordered(record: object, known: readonly string[]): Entry[] {
  const entries: Entry[] = Object.entries(record).filter(([, value]) => value !== undefined);
  const rank = (key: string): number => (known.includes(key) ? known.indexOf(key) : known.length);
  return entries.sort(([a], [b]) => rank(a) - rank(b));
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function print(value: unknown, indent: string, taken: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const isList = Array.isArray(value);
  const entries = isList ? value.map((item) => ["", item] as const) : ordered(value, []);
  return printEntries(entries, isList ? "[]" : "{}", indent, taken);
}

function printEntries(
  entries: readonly Entry[],
  [open, close]: string,
  indent: string,
  taken: number,
): string {
  if (entries.length === 0) return `${open}${close}`;
  const isList = open === "[";
  const inner = `${indent}  `;
  const label = (key: string): string => (isList ? "" : `${JSON.stringify(key)}: `);
  if (!entries.some(([, value]) => isContainer(value))) {
    const pad = isList ? "" : " ";
    const line = entries.map(([key, value]) => label(key) + print(value, "", 0)).join(", ");
    const whole = `${open}${pad}${line}${pad}${close}`;
    if (taken + whole.length < maxWidth) return whole;
  }
  const lines = entries.map(([key, value]) => {
    const start = inner + label(key);
    return start + print(value, inner, start.length);
  });
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
}

function printNode(node: object, indent: string): string {
  const lines = ordered(node, nodeKeys).map(([key, value]) => {
    const start = `${indent}  ${JSON.stringify(key)}: `;
    return start + print(value, `${indent}  `, start.length);
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

type PrintEntry = (value: object, indent: string) => string;

/** An object whose entries are objects, each on lines of its own. */
function printTable(table: object, indent: string, printEntry: PrintEntry): string {
  const inner = `${indent}  `;
  const lines = Object.entries(table).map(([key, value]: Entry) => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const text = isObject ? printEntry(value, inner) : print(value, inner, inner.length);
    return `${inner}${JSON.stringify(key)}: ${text}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

const tablePrinters: Readonly<Record<string, PrintEntry>> = {
  nodes: printNode,
  graphs: printDefinition,
};

/** A subgraph; one that was read from a file without what the file holds. */
function printDefinition(definition: object, indent: string): string {
  if (!("file" in definition)) return printBody(definition, subgraphKeys, indent);
  const own = Object.entries(definition).filter(([key]) => !subgraphKeys.includes(key));
  return print(Object.fromEntries(own), indent, 0);
}

/** What of a document is written: without the subgraphs that came with another one's file. */
function writtenOf(graph: GraphDocument): GraphDocument {
  const { graphs } = graph;
  if (graphs === undefined) return graph;
  const own = Object.entries(graphs).filter(([, { within }]) => within === undefined);
  return own.length === Object.keys(graphs).length
    ? graph
    : { ...graph, graphs: Object.fromEntries(own) };
}

function printBody(body: object, known: readonly string[], indent: string): string {
  const inner = `${indent}  `;
  const parts = ordered(body, known).map(([key, value]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    const printEntry = known.includes(key) ? tablePrinters[key] : undefined;
    const isTable = printEntry !== undefined && typeof value === "object" && value !== null;
    return (
      start + (isTable ? printTable(value, inner, printEntry) : print(value, inner, start.length))
    );
  });
  return `{\n${parts.join(",\n")}\n${indent}}`;
}

/** Prints a graph as JSON with a stable order of fields: an unchanged graph gives the same bytes. */
export function stringifyGraph(graph: GraphDocument): string {
  return `${printBody(writtenOf(graph), documentKeys, "")}\n`;
}
