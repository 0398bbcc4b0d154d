import path from "node:path/posix";
import { documentationFaults } from "./documentation-rules.ts";
import { importCircles } from "./import-circles.ts";
import { specFaults } from "./spec-rules.ts";

/** Source files of the repository: path from its root -> text. */
export type Sources = ReadonlyMap<string, string>;

const MAX_LINES = 400;
const BANNED_NAMES = new Set(["utils", "helpers", "common", "misc", "types"]);
const BROWSER_SAFE = new Set(["graph", "node", "plan", "png", "protocol"]);

/** What each folder of engine may import of engine; `errors` is open to all. */
const ENGINE: Readonly<Record<string, readonly string[]>> = {
  graph: [],
  node: ["graph"],
  png: [],
  protocol: ["graph", "node"],
  cache: ["graph", "node"],
  plan: ["graph", "node"],
  execute: ["graph", "node", "protocol", "cache", "plan"],
  runtime: ["graph", "node"],
  host: ["graph", "node", "protocol", "plan", "execute", "cache", "runtime"],
  runs: ["graph", "node", "protocol", "host"],
  server: ["graph", "node", "protocol", "cache", "host", "runs"],
};

/** The same for models. A training step is a network with its losses, so `train` builds on both. */
const MODELS: Readonly<Record<string, readonly string[]>> = {
  files: [],
  onnx: [],
  layers: ["onnx"],
  blocks: ["onnx", "layers"],
  networks: ["onnx", "layers", "blocks"],
  schedules: [],
  tokens: ["files"],
  weights: ["files", "onnx"],
  autodiff: ["onnx"],
  train: ["onnx", "autodiff", "schedules", "weights", "layers", "networks"],
};

/** The same for editor-ui: leftwards only, and panels know nothing of the canvas. */
const editorUi: Readonly<Record<string, readonly string[]>> = {
  document: [],
  connection: ["document"],
  state: ["document", "connection"],
  parts: [],
  fields: ["document", "connection", "parts"],
  commands: ["document", "connection", "state"],
  canvas: ["document", "connection", "state", "parts", "fields"],
  panels: ["document", "connection", "state", "parts", "fields", "commands"],
};

const folderTables: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  engine: ENGINE,
  models: MODELS,
  "editor-ui": editorUi,
};

/** Which packages of the workspace each package may import. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  engine: /^$/,
  models: /^$/,
  editing: /^models(\/.*)?$/,
  nodes: /^(engine\/node|editing(\/.*)?|models(\/.*)?)$/,
  "editor-ui": /^engine\/(graph|node|png|protocol|errors)$/,
  app: /^(engine|editing|nodes|models)(\/.*)?$/,
};

function isTest(file: string): boolean {
  return /\.(test|test-d|contract|fixture)\.tsx?$/.test(file);
}

function isCode(file: string): boolean {
  return /\.(ts|tsx|mjs)$/.test(file);
}

function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? "");
}

function definesNode(text: string): boolean {
  return /= defineNode\(/.test(text);
}

function lengthFaults(file: string, text: string): string[] {
  const lines = text.split("\n").length - 1;
  if (lines <= MAX_LINES || isTest(file) || file.includes("/rules/")) return [];
  return [`${file}: ${lines} lines, more than ${MAX_LINES}; split it by idea`];
}

function nameFaults(file: string): string[] {
  const [stem = ""] = path.basename(file).split(".");
  return BANNED_NAMES.has(stem) ? [`${file}: "${stem}" says nothing; name it for its content`] : [];
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

function importFault(
  file: string,
  name: string,
  specifier: string,
  folder: string,
): string | undefined {
  if (specifier.startsWith("@insightgraph/")) {
    const target = specifier.slice("@insightgraph/".length);
    return PACKAGES[name]?.test(target) ? undefined : `may not import ${specifier}`;
  }
  if (specifier.startsWith(".")) {
    const target = path.join(path.dirname(file), specifier);
    const root = `packages/${name}/src/`;
    if (!target.startsWith(root)) return `imports ${specifier}, which lies outside its package`;
    const rules = folderTables[name] ?? {};
    const [other = ""] = target.slice(root.length).split("/");
    const allowed = rules[folder];
    if (allowed === undefined || other === folder || other === "errors.ts") return undefined;
    return allowed.includes(other) ? undefined : `${folder}/ may not import ${other}`;
  }
  if (specifier === "onnxruntime-node" && !(name === "engine" && folder === "runtime")) {
    return "only engine/runtime may import onnxruntime-node";
  }
  // Types alone: nothing of it is left in what browsers load.
  if (specifier === "typebox/schema") return undefined;
  if (name === "engine" && BROWSER_SAFE.has(folder)) {
    return `${folder}/ runs in browsers and may not import ${specifier}`;
  }
  return undefined;
}

function importFaults(file: string, text: string, sources: Sources): string[] {
  const [, name, inside] = /^packages\/([^/]+)\/src\/(.*)$/.exec(file) ?? [];
  if (name === undefined || inside === undefined || isTest(file)) return [];
  const folder = inside.includes("/") ? (inside.split("/")[0] ?? "") : "";
  const faults = importsOf(text).map((specifier) => importFault(file, name, specifier, folder));
  const nodes = importsOf(text)
    .filter((specifier) => definesNode(text) && specifier.startsWith("."))
    .map((specifier) => path.join(path.dirname(file), specifier))
    .filter((target) => definesNode(sources.get(target) ?? ""))
    .map((target) => `imports another node, ${target}; share through a named helper`);
  const barrel = /export \* from/.test(text) ? ["has `export *`; name what it exports"] : [];
  return [...faults, ...nodes, ...barrel]
    .filter((fault) => fault !== undefined)
    .map((fault) => `${file}: ${fault}`);
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

/** Packages without any circle among their files. */
const circleFree = /^packages\/(app|editor-ui|models)\//;

/** Circles among files, those of types alone included. */
function circleFaults(sources: Sources): string[] {
  const files = [...sources].filter(
    ([file]) => circleFree.test(file) && isCode(file) && !isTest(file),
  );
  const imports = files.map(([file, text]) => {
    const targets = importsOf(text).filter((specifier) => specifier.startsWith("."));
    return [file, targets.map((target) => path.join(path.dirname(file), target))] as const;
  });
  return importCircles(new Map(imports)).map(
    (circle) => `${circle[0]}: imports itself in a circle: ${circle.join(" -> ")}`,
  );
}

/** A folder of editor-ui that the table lacks could import anything. */
function folderFaults(file: string): string[] {
  const [, folder] = /^packages\/editor-ui\/src\/([^/]+)\/.*\.tsx?$/.exec(file) ?? [];
  if (folder === undefined || editorUi[folder] !== undefined) return [];
  return [`${file}: the table of imports has no folder ${folder}`];
}

/** Everything in which the sources break the house's rules. */
export function houseFaults(sources: Sources): string[] {
  const ofFiles = [...sources]
    .filter(([file]) => isCode(file))
    .flatMap(([file, text]) => [
      ...lengthFaults(file, text),
      ...nameFaults(file),
      ...folderFaults(file),
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
