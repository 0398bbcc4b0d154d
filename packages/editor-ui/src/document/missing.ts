import {
  closestNames,
  entryOf,
  type GraphDocument,
  type GraphNode,
  type Issue,
  type Json,
  type NodeCatalogue,
  type ParamSpec,
} from "@insightgraph/engine/graph";
import type { GraphEdit } from "./edits.ts";
import { isPictureFile } from "./pictures.ts";
import { settingOf, titleOf } from "./variant.ts";

/** A param of a node, of the document itself or of a subgraph. */
export interface ParamPlace {
  readonly subgraph?: string;
  readonly node: string;
  readonly param: string;
}

/** A node type that is not installed, and those that are called most alike. */
export interface MissingType {
  readonly type: string;
  readonly count: number;
  readonly closest: readonly string[];
}

/** Something outside the graph that nodes name: a checkpoint or a picture. */
export interface NamedThing {
  readonly name: string;
  /** Titles of the nodes that name it. */
  readonly nodes: readonly string[];
  readonly places: readonly ParamPlace[];
}

/** What a graph needs from its surroundings. */
export interface Needs {
  readonly types: readonly MissingType[];
  /** Titles of nodes that a newer version wrote. */
  readonly newer: readonly string[];
  readonly checkpoints: readonly NamedThing[];
  readonly pictures: readonly NamedThing[];
}

interface Place {
  readonly subgraph?: string;
  readonly id: string;
  readonly node: GraphNode;
}

/** What a graph lacks for certain, and what it names that has to be looked up. */
export function findNeeds(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  issues: readonly Issue[],
): Needs {
  const places = placesIn(graph);
  const isNewer = ({ node }: Place) => node.version > (entryOf(catalogue, node.type)?.version ?? 0);
  const isKnown = ({ node }: Place) => entryOf(catalogue, node.type) !== undefined;
  return {
    types: missingTypes(places, catalogue, issues),
    newer: places
      .filter((at) => isKnown(at) && isNewer(at))
      .map(({ node }) => titleOf(node, catalogue)),
    checkpoints: namedThings(places, catalogue, isCheckpoint),
    pictures: namedThings(places, catalogue, isPicturePath),
  };
}

/** Gives all nodes of a type another one, whose current version they take. */
export function replaceType(type: string, by: string, catalogue: NodeCatalogue): GraphEdit {
  return (draft) => {
    const bodies = [draft.nodes, ...Object.values(draft.graphs ?? {}).map(({ nodes }) => nodes)];
    for (const node of bodies.flatMap((nodes) => Object.values(nodes))) {
      if (node.type !== type) continue;
      node.type = by;
      node.version = entryOf(catalogue, by)?.version ?? 1;
    }
  };
}

/** Gives params a value, wherever their nodes are. */
export function setParams(places: readonly ParamPlace[], value: string): GraphEdit {
  return (draft) => {
    for (const { subgraph, node: id, param } of places) {
      const nodes = subgraph === undefined ? draft.nodes : draft.graphs?.[subgraph]?.nodes;
      const node = nodes?.[id];
      if (node !== undefined) node.params = { ...node.params, [param]: value };
    }
  };
}

function placesIn({ nodes, graphs = {} }: GraphDocument): readonly Place[] {
  const own = Object.entries(nodes).map(([id, node]) => ({ id, node }));
  const inner = Object.entries(graphs).flatMap(([subgraph, body]) =>
    Object.entries(body.nodes).map(([id, node]) => ({ subgraph, id, node })),
  );
  return [...own, ...inner];
}

function missingTypes(
  places: readonly Place[],
  catalogue: NodeCatalogue,
  issues: readonly Issue[],
): readonly MissingType[] {
  const counts = new Map<string, number>();
  for (const { node } of places) counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
  const refused = issues.filter(({ code }) => code === "graph.unknown-type");
  const isRefused = (type: string) => refused.some(({ what }) => what.includes(`"${type}"`));
  return [...counts].flatMap(([type, count]) => {
    if (entryOf(catalogue, type) !== undefined || !isRefused(type)) return [];
    return [{ type, count, closest: closestNames(type, Object.keys(catalogue)).slice(0, 3) }];
  });
}

type IsMeant = (spec: ParamSpec, value: Json) => value is string;

const isCheckpoint = (spec: ParamSpec, value: Json): value is string =>
  spec.kind === "text" && spec.folderPrefix !== undefined && isName(value, spec.folderPrefix);

const isPicturePath = (spec: ParamSpec, value: Json): value is string =>
  spec.kind === "file" &&
  spec.purpose === "open" &&
  typeof value === "string" &&
  isPictureFile(value);

/** A folder is looked for by the run itself. */
function isName(value: Json, folderPrefix: string): value is string {
  return typeof value === "string" && value !== "" && !value.startsWith(folderPrefix);
}

/** The value that a param has, and where it is set; one that a run first works out is unknown. */
function settingAt(
  places: readonly Place[],
  catalogue: NodeCatalogue,
  { subgraph, id, node }: Place,
  param: string,
  spec: ParamSpec,
): { readonly value: Json; readonly at: ParamPlace } | undefined {
  const link = entryOf(node.inputs, param);
  if (link === undefined) return { value: settingOf(node, param, spec), at: { node: id, param } };
  const source = places.find((one) => one.id === link.node && one.subgraph === subgraph)?.node;
  if (source === undefined || Object.keys(source.inputs ?? {}).length > 0) return undefined;
  // A constant, such as text.value, gives out its param of the same name.
  const given = entryOf(entryOf(catalogue, source.type)?.params, link.output);
  if (given === undefined) return undefined;
  const at = { node: link.node, param: link.output };
  return { value: settingOf(source, link.output, given), at };
}

function namedThings(
  places: readonly Place[],
  catalogue: NodeCatalogue,
  isMeant: IsMeant,
): readonly NamedThing[] {
  const found = new Map<string, { nodes: string[]; places: ParamPlace[] }>();
  for (const place of places) {
    const { subgraph, node } = place;
    for (const [param, spec] of Object.entries(entryOf(catalogue, node.type)?.params ?? {})) {
      const setting = settingAt(places, catalogue, place, param, spec);
      if (setting === undefined || !isMeant(spec, setting.value)) continue;
      const thing = found.get(setting.value) ?? { nodes: [], places: [] };
      thing.nodes.push(titleOf(node, catalogue));
      thing.places.push({ ...setting.at, ...(subgraph === undefined ? {} : { subgraph }) });
      found.set(setting.value, thing);
    }
  }
  return [...found].map(([name, thing]) => ({ name, ...thing }));
}
