import {
  entryOf,
  type GraphDocument,
  type GraphTyping,
  innermostOf,
  isVariable,
  type NodeCatalogue,
  type NodeTypeSpec,
  type ParamSpec,
  type PortSpec,
  typeFaultAt,
} from "@insightgraph/engine/graph";
import { produce } from "immer";
import { linkIssues } from "./compatibility.ts";
import { nodeOf } from "./edits.ts";
import { linkableNames } from "./input-names.ts";
import { linksOf, type PlacedLink } from "./links.ts";
import { type Replacement, replaceNode } from "./replace.ts";

/** A graph in which a node is about to be replaced. */
interface Place {
  readonly graph: GraphDocument;
  readonly catalogue: NodeCatalogue;
  readonly typing: Pick<GraphTyping, "typeOf">;
  readonly id: string;
}

/**
 * The types that a node could be replaced with: first those that keep all its links, then those that
 * keep some, of the node's category before others, and the fewest lost first; among equals the most alike.
 */
export function findReplacements(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  typing: Pick<GraphTyping, "typeOf">,
  id: string,
): Replacement[] {
  const node = nodeOf(graph, id);
  if (node === undefined) return [];
  const own = entryOf(catalogue, node.type);
  const entering = Object.entries(node.inputs ?? {}).map(([input, { node: source, output }]) => {
    return { source, output, target: id, input };
  });
  const leaving = linksOf(graph).filter(({ source, target }) => source === id && target !== id);
  const links = [...entering, ...leaving];
  const isSound = createSoundCheck(graph, catalogue, id);
  const found = Object.values(catalogue).flatMap((spec) => {
    if (spec.type === node.type) return [];
    const likeness = likenessOf(own, spec);
    const ways = waysToKeep({ graph, catalogue, typing, id }, links, spec)
      .filter(({ lost }) => lost.length < links.length || links.length === 0)
      .map((way) => ({ ...way, spec, likeness }));
    return ways.find(isSound) ?? [];
  });
  const isForeign = ({ spec, lost }: Replacement) =>
    lost.length > 0 && spec.category !== own?.category;
  return found.sort(
    (a, b) =>
      Number(isForeign(a)) - Number(isForeign(b)) ||
      a.lost.length - b.lost.length ||
      b.likeness - a.likeness ||
      a.spec.title.localeCompare(b.spec.title),
  );
}

type Way = Pick<Replacement, "inputs" | "outputs" | "lost">;

/** Which links a type can keep: on both sides, or, as both may not go together, on one. */
function waysToKeep(place: Place, links: readonly PlacedLink[], spec: NodeTypeSpec): Way[] {
  const entering = links.filter(({ target }) => target === place.id);
  const leaving = links.filter(({ target }) => target !== place.id);
  const givenFits = createInputFit(place, spec);
  const takenFits = createOutputFit(place, spec);
  const inputs = matchPorts(entering, ({ input }) => input, linkableNames(spec), givenFits);
  const outputs = matchPorts(leaving, ({ output }) => output, Object.keys(spec.outputs), takenFits);
  const none = { names: new Map<string, string>(), lost: undefined };
  return [
    [inputs, outputs],
    [inputs, none],
    [none, outputs],
  ].map(([given = none, taken = none]) => ({
    inputs: given.names,
    outputs: taken.names,
    lost: [...(given.lost ?? entering), ...(taken.lost ?? leaving)],
  }));
}

type LinkFit = (link: PlacedLink, port: string) => boolean;

/** Whether what comes along a link may end in a port of the new type. */
function createInputFit({ graph, catalogue, typing, id }: Place, spec: NodeTypeSpec): LinkFit {
  const { type, version } = spec;
  const trial = { ...graph, nodes: { ...graph.nodes, [id]: { type, version } } };
  return ({ source, output }, input) => {
    const given = typing.typeOf({ node: source, output });
    if (given === undefined || isVariable(innermostOf(given))) return true;
    return typeFaultAt(trial, catalogue, typing, { node: id, input }, given) === undefined;
  };
}

/** Whether what a port of the new type gives may go along a link. */
function createOutputFit({ graph, catalogue, typing }: Place, spec: NodeTypeSpec): LinkFit {
  return ({ target, input }, output) => {
    const given = entryOf(spec.outputs, output)?.type ?? "";
    if (isVariable(innermostOf(given))) return true;
    return typeFaultAt(graph, catalogue, typing, { node: target, input }, given) === undefined;
  };
}

/** Each linked port's place among those of another type: the one of its name, else the first free one that most of its links fit. */
function matchPorts(
  links: readonly PlacedLink[],
  nameOf: (link: PlacedLink) => string,
  offered: readonly string[],
  doesFit: LinkFit,
): { names: Map<string, string>; lost: PlacedLink[] } {
  const names = new Map<string, string>();
  const free = new Set(offered);
  const wanted = [...new Set(links.map(nameOf))];
  const fitting = (from: string, to: string) =>
    links.filter((link) => nameOf(link) === from && doesFit(link, to)).length;
  const all = (from: string) => links.filter((link) => nameOf(link) === from).length;
  const take = (from: string, to: string) => {
    names.set(from, to);
    free.delete(to);
  };
  for (const name of wanted) {
    if (free.has(name) && fitting(name, name) === all(name)) take(name, name);
  }
  for (const name of wanted) {
    if (names.has(name)) continue;
    const [best] = [...free]
      .map((to) => ({ to, count: fitting(name, to) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count);
    if (best !== undefined) take(name, best.to);
  }
  const lost = links.filter((link) => {
    const to = names.get(nameOf(link));
    return to === undefined || !doesFit(link, to);
  });
  return { names, lost };
}

/** Says whether a replacement makes no link wrong, by the check that runs make. */
function createSoundCheck(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  id: string,
): (replacement: Replacement) => boolean {
  const around = neighbourhood(graph, id);
  const faults = (one: GraphDocument) => linkIssues(one, catalogue).length;
  const before = faults(around);
  return (replacement) => faults(produce(around, replaceNode(id, replacement))) <= before;
}

/** A node with the nodes that it is linked to, and no others. */
function neighbourhood(graph: GraphDocument, id: string): GraphDocument {
  const near = new Set([id]);
  for (const { source, target } of linksOf(graph)) {
    if (source === id) near.add(target);
    if (target === id) near.add(source);
  }
  const nodes = Object.entries(graph.nodes).flatMap(([name, node]) => {
    if (!near.has(name)) return [];
    const inputs = Object.entries(node.inputs ?? {}).filter(([, link]) => near.has(link.node));
    return [[name, { ...node, inputs: Object.fromEntries(inputs) }] as const];
  });
  const { inputs: _inputs, outputs: _outputs, ...rest } = graph;
  return { ...rest, nodes: Object.fromEntries(nodes) };
}

function likenessOf(own: NodeTypeSpec | undefined, spec: NodeTypeSpec): number {
  if (own === undefined) return 0;
  const shared = (
    one: Readonly<Record<string, PortSpec | ParamSpec>>,
    other: Readonly<Record<string, PortSpec | ParamSpec>>,
  ) => Object.keys(one).filter((name) => Object.hasOwn(other, name)).length;
  const ports = shared(own.inputs, spec.inputs) + shared(own.outputs, spec.outputs);
  return (own.category === spec.category ? 4 : 0) + ports * 2 + shared(own.params, spec.params);
}
