import { entryOf } from "../graph/catalogue.ts";
import {
  type GraphBody,
  type GraphDocument,
  type GraphInput,
  type GraphNode,
  isParamInput,
  isPortInput,
  type Link,
} from "../graph/document.ts";
import { mapValues } from "../graph/map-values.ts";
import { nodesOf } from "../graph/wiring.ts";

/** How a migration renames outputs and params, so that links and graph inputs follow. */
export interface Renames {
  output(from: string, to: string): void;
  param(from: string, to: string): void;
}

/** Turns a node into one of the next version; the engine sets the version itself. */
export type Migration = (node: GraphNode, rename: Renames) => GraphNode;

/** Migrations by the version they start from. */
export type Migrations = Readonly<Record<number, Migration>>;

/** What migrating needs to know of a node type. */
interface MigrationTarget {
  readonly type: string;
  readonly version: number;
  readonly formerly?: readonly string[];
  readonly migrate?: Migrations;
}

/** The node types to migrate to, by type id. */
export type NodeTypes = ReadonlyMap<string, MigrationTarget>;

interface Migrated {
  readonly node: GraphNode;
  readonly outputs: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
}

/** The oldest version that a node type can migrate from. */
export function oldestVersion({ version, migrate = {} }: MigrationTarget): number {
  let oldest = version;
  while (migrate[oldest - 1] !== undefined) oldest--;
  return oldest;
}

/** Adds a rename. Renames chain: after a -> b and b -> c, a becomes c. */
function addRename(names: Map<string, string>, from: string, to: string): void {
  const earlier = [...names].filter(([, last]) => last === from);
  for (const [first] of earlier) names.set(first, to);
  if (earlier.length === 0) names.set(from, to);
}

function migrateNode(node: GraphNode, definition: MigrationTarget): Migrated | undefined {
  const { type, version, migrate = {} } = definition;
  if (node.version >= version && node.type === type) return undefined;
  const [outputs, params] = [new Map<string, string>(), new Map<string, string>()];
  const rename: Renames = {
    output: (from, to) => addRename(outputs, from, to),
    param: (from, to) => addRename(params, from, to),
  };
  let changed: GraphNode = { ...node, type };
  while (changed.version < version) {
    const step = migrate[changed.version];
    // Without a migration, validation reports the version.
    if (step === undefined) break;
    changed = { ...step(changed, rename), version: changed.version + 1 };
  }
  return { node: changed, outputs, params };
}

function migrateBody<B extends GraphBody>(
  body: B,
  find: (type: string) => MigrationTarget | undefined,
): B {
  const migrated = new Map<string, Migrated>();
  for (const { id, node } of nodesOf(body)) {
    const definition = find(node.type);
    const result = definition && migrateNode(node, definition);
    if (result !== undefined) migrated.set(id, result);
  }
  if (migrated.size === 0) return body;
  const relink = (link: Link): Link => {
    const output = migrated.get(link.node)?.outputs.get(link.output);
    return output === undefined ? link : { ...link, output };
  };
  const rename = (input: GraphInput): GraphInput => {
    if (isPortInput(input)) return input;
    if (!isParamInput(input)) return relink(input);
    const param = migrated.get(input.node)?.params.get(input.param);
    return param === undefined ? input : { ...input, param };
  };
  const nodes = mapValues(body.nodes, (before, id) => {
    const node = migrated.get(id)?.node ?? before;
    return node.inputs === undefined ? node : { ...node, inputs: mapValues(node.inputs, relink) };
  });
  return {
    ...body,
    nodes,
    ...(body.inputs === undefined ? {} : { inputs: mapValues(body.inputs, rename) }),
    ...(body.outputs === undefined ? {} : { outputs: mapValues(body.outputs, relink) }),
  };
}

/** Migrates every node, subgraphs included, to its type's version; unknown types stay as they are. */
export function migrateGraph(document: GraphDocument, types: NodeTypes): GraphDocument {
  const former = new Map<string, MigrationTarget>();
  for (const definition of types.values()) {
    for (const name of definition.formerly ?? []) former.set(name, definition);
  }
  const find = (type: string): MigrationTarget | undefined => types.get(type) ?? former.get(type);
  const body = migrateBody(document, find);
  if (body.graphs === undefined) return body;
  const graphs = mapValues(body.graphs, (graph) => migrateBody(graph, find));
  const isSame = Object.entries(graphs).every(
    ([name, graph]) => entryOf(body.graphs, name) === graph,
  );
  return isSame ? body : { ...body, graphs };
}
