import path from "node:path/posix";
import { documentationFaults } from "./documentation-rules.ts";
import { circleFaults, folderFaults, importFaults } from "./import-rules.ts";
import { definesNode, isCode, isTest, type Sources } from "./source-files.ts";
import { specFaults } from "./spec-rules.ts";

const maxLines = 400;
const bannedNames = new Set(["utils", "helpers", "common", "misc", "types"]);
function lengthFaults(file: string, text: string): string[] {
  const lines = text.split("\n").length - 1;
  const isExempt = isTest(file) || /\/(rules|generated)\//.test(file);
  if (lines <= maxLines || isExempt) return [];
  return [`${file}: ${lines} lines, more than ${maxLines}; split it by idea`];
}

function nameFaults(file: string): string[] {
  const [stem = ""] = path.basename(file).split(".");
  return bannedNames.has(stem) ? [`${file}: "${stem}" says nothing; name it for its content`] : [];
}

function testFaults(file: string, text: string, sources: Sources): string[] {
  const isLayer = /^packages\/models\/src\/layers\/[^/]+\.ts$/.test(file);
  const isOfPack = file.startsWith("packages/") && definesNode(text);
  if (isTest(file) || (!isLayer && !isOfPack)) return [];
  const test = file.replace(/\.ts$/, ".test.ts");
  return sources.has(test) ? [] : [`${file}: its test ${path.basename(test)} is missing`];
}

function docFaults(file: string, text: string): string[] {
  if (isTest(file) || !/^packages\/models\/src\/(layers|blocks)\//.test(file)) return [];
  return ["Shapes:", "Source:"]
    .filter((word) => !text.includes(word))
    .map((word) => `${file}: no "${word}" in its documentation`);
}

function nodeTypeFaults(sources: Sources): string[] {
  const faults: string[] = [];
  const seen = new Map<string, string>();
  for (const [file, text] of sources) {
    if (!file.startsWith("packages/nodes/src/") || isTest(file) || !definesNode(text)) continue;
    for (const [, type = ""] of text.matchAll(/^ {2}type: "([^"]*)"/gm)) {
      if (!/^[a-z]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/.test(type)) {
        faults.push(`${file}: "${type}" is no category.verb-or-noun in lower kebab`);
      }
      const other = seen.get(type);
      if (other !== undefined) faults.push(`${file}: "${type}" is defined in ${other} as well`);
      seen.set(type, file);
    }
  }
  return faults;
}

/** The name that a node type is exported under: `image.from-text` is `imageFromText`. */
function exportName(type: string): string {
  return type.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A node's type id, its path and the name of its export say the same. */
function nodePlaceFaults(file: string, text: string): string[] {
  const [, place] = /^packages\/nodes\/src\/(.*)\.ts$/.exec(file) ?? [];
  if (place === undefined || isTest(file) || !definesNode(text)) return [];
  const [, name = "", type = ""] =
    /export const (\w+) = define(?:Node|Route)\(\{\s*type: "([^"]*)"/.exec(text) ?? [];
  return [
    ...(place === type.replace(".", "/") ? [] : [`${file}: its type "${type}" belongs elsewhere`]),
    ...(name === exportName(type) ? [] : [`${file}: export "${type}" as ${exportName(type)}`]),
  ];
}

/** Error codes stand both in engine's union and in its SPEC.md. */
function errorCodeFaults(sources: Sources): string[] {
  const code = sources.get("packages/engine/src/errors.ts");
  const spec = sources.get("packages/engine/SPEC.md");
  if (code === undefined || spec === undefined) return [];
  const known = new Set([...code.matchAll(/^ {2}\| "([^"]+)"/gm)].map((match) => match[1] ?? ""));
  const told = new Set([...spec.matchAll(/^\| `([a-z.-]+)` +\|/gm)].map((match) => match[1] ?? ""));
  return [
    ...[...known].filter((name) => !told.has(name)).map((name) => `SPEC.md lacks ${name}`),
    ...[...told].filter((name) => !known.has(name)).map((name) => `no error has code ${name}`),
  ].map((fault) => `packages/engine: ${fault}`);
}

/** Everything in which the sources break the house's rules. */
export function houseFaults(sources: Sources): string[] {
  const ofFiles = [...sources]
    .filter(([file]) => isCode(file))
    .flatMap(([file, text]) => [
      ...lengthFaults(file, text),
      ...nameFaults(file),
      ...folderFaults(file),
      ...nodePlaceFaults(file, text),
      ...testFaults(file, text, sources),
      ...docFaults(file, text),
      ...importFaults(file, text, sources),
    ]);
  return [
    ...ofFiles,
    ...circleFaults(sources),
    ...nodeTypeFaults(sources),
    ...errorCodeFaults(sources),
    ...specFaults(sources),
    ...documentationFaults(sources),
  ];
}
