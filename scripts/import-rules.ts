import path from "node:path/posix";
import { importCircles } from "./import-circles.ts";
import { definesNode, isCode, isTest, type Sources } from "./source-files.ts";

const browserSafe = new Set(["graph", "node", "plan", "png", "protocol"]);

/** What each folder of engine may import of engine; `errors` is open to all. */
const engine: Readonly<Record<string, readonly string[]>> = {
  graph: [],
  node: ["graph"],
  png: [],
  protocol: ["graph", "node"],
  objects: [],
  cache: ["graph", "node", "objects"],
  plan: ["graph", "node"],
  execute: ["graph", "node", "protocol", "cache", "plan"],
  runtime: ["graph", "node"],
  host: ["graph", "node", "protocol", "plan", "execute", "cache", "runtime"],
  sqlite: [],
  postgres: [],
  tasks: ["graph", "postgres"],
  jobs: ["graph", "protocol", "host", "sqlite", "postgres"],
  batches: ["graph", "protocol", "host", "sqlite"],
  documents: ["graph", "protocol", "cache"],
  server: ["graph", "node", "protocol", "cache", "documents", "host", "jobs", "png", "tasks"],
};

/** The same for models. A training step is a network with its losses, so `train` builds on both. */
const models: Readonly<Record<string, readonly string[]>> = {
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

/** The same for editing. */
const editing: Readonly<Record<string, readonly string[]>> = {
  files: [],
  pictures: ["files"],
  checkpoints: ["files"],
  architectures: ["files", "pictures", "checkpoints"],
  metrics: ["pictures", "architectures"],
  sampling: ["architectures", "pictures"],
  photographs: ["pictures", "architectures"],
  pairs: ["pictures", "architectures", "photographs"],
  assistants: ["pictures", "endpoints", "architectures", "photographs"],
  endpoints: ["files", "pictures"],
  scenes: ["files", "pictures"],
  // Drawn by another program than the scenes of training: the two share nothing.
  foreign: ["pictures"],
  datasets: ["files", "pictures"],
  benchmarks: [
    ...["files", "pictures", "architectures", "metrics", "datasets", "endpoints", "assistants"],
  ],
  scoring: ["pictures", "metrics", "scenes"],
  training: [
    "files",
    "pictures",
    "datasets",
    "checkpoints",
    "architectures",
    "sampling",
    "scenes",
    "scoring",
  ],
};

/** The same for nodes: what several nodes of a category share lies beside them. */
const nodes: Readonly<Record<string, readonly string[]>> = {
  "port-types": [],
  files: [],
  ...Object.fromEntries(
    [
      ...["bridging", "comprehension", "edit", "evaluation", "flow", "generation", "image", "list"],
      ...["mask", "model", "number", "seed", "text"],
    ].map((category) => [category, ["port-types", "files"]]),
  ),
  data: ["port-types", "files", "edit"],
  metric: ["port-types", "files", "model"],
  train: ["port-types", "files", "model"],
  stream: ["port-types", "files", "list"],
};

/** The same for editor-ui: leftwards only, and panels know nothing of the canvas. */
const editorUi: Readonly<Record<string, readonly string[]>> = {
  messages: [],
  examples: ["messages"],
  document: ["messages"],
  connection: ["messages", "document"],
  state: ["messages", "document", "connection"],
  parts: ["messages"],
  fields: ["messages", "document", "connection", "parts"],
  commands: ["messages", "examples", "document", "connection", "state", "parts"],
  canvas: ["messages", "document", "connection", "state", "parts", "fields"],
  panels: [
    "messages",
    "examples",
    "document",
    "connection",
    "state",
    "parts",
    "fields",
    "commands",
  ],
};

const folderTables: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  engine,
  models,
  editing,
  nodes,
  "editor-ui": editorUi,
};

/** Which packages of the workspace each package may import. */
const packageImports: Readonly<Record<string, RegExp>> = {
  engine: /^$/,
  client: /^$/,
  models: /^$/,
  editing: /^models(\/.*)?$/,
  nodes: /^(engine\/node|editing(\/.*)?|models(\/.*)?)$/,
  "editor-ui": /^(client|engine\/(graph|node|png|protocol|errors))$/,
  app: /^(client|engine|editing|nodes|models)(\/.*)?$/,
};

function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? "");
}

function importFault(
  file: string,
  name: string,
  specifier: string,
  folder: string,
): string | undefined {
  if (specifier.startsWith("@insightgraph/")) {
    const target = specifier.slice("@insightgraph/".length);
    return packageImports[name]?.test(target) ? undefined : `may not import ${specifier}`;
  }
  if (specifier.startsWith(".")) {
    const target = path.join(path.dirname(file), specifier);
    const root = `packages/${name}/src/`;
    if (target.startsWith(`packages/${name}/generated/`)) return undefined;
    if (!target.startsWith(root)) return `imports ${specifier}, which lies outside its package`;
    const rules = folderTables[name] ?? {};
    const [head = ""] = target.slice(root.length).split("/");
    const other = head === "errors.ts" ? head : head.replace(/\.ts$/, "");
    const allowed = rules[folder];
    if (allowed === undefined || other === folder || other === "errors.ts") return undefined;
    return allowed.includes(other) ? undefined : `${folder}/ may not import ${other}`;
  }
  if (specifier === "onnxruntime-node" && !(name === "engine" && folder === "runtime")) {
    return "only engine/runtime may import onnxruntime-node";
  }
  // Types alone: nothing of it is left in what browsers load.
  if (specifier === "typebox/schema") return undefined;
  if (name === "engine" && browserSafe.has(folder)) {
    return `${folder}/ runs in browsers and may not import ${specifier}`;
  }
  return undefined;
}

/** Imports of a file that the tables do not allow. */
export function importFaults(file: string, text: string, sources: Sources): string[] {
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

/** Circles among files, those of types alone included. */
export function circleFaults(sources: Sources): string[] {
  const files = [...sources].filter(
    ([file]) => file.startsWith("packages/") && isCode(file) && !isTest(file),
  );
  const imports = files.map(([file, text]) => {
    const targets = importsOf(text).filter((specifier) => specifier.startsWith("."));
    return [file, targets.map((target) => path.join(path.dirname(file), target))] as const;
  });
  return importCircles(new Map(imports)).map(
    (circle) => `${circle[0]}: imports itself in a circle: ${circle.join(" -> ")}`,
  );
}

/** A folder that its package's table lacks could import anything. */
export function folderFaults(file: string): string[] {
  const [, name = "", folder] = /^packages\/([^/]+)\/src\/([^/]+)\/.*\.tsx?$/.exec(file) ?? [];
  const table = folderTables[name];
  if (folder === undefined || table === undefined || table[folder] !== undefined) return [];
  return [`${file}: the table of imports has no folder ${folder}`];
}
