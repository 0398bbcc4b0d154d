import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import { GRAPH_INPUTS, type GraphBody, isPortInput, type Link } from "./document.ts";
import { nodesOf } from "./nodes-of.ts";
import {
  type Bindings,
  type Container,
  containerOf,
  elementOf,
  fits,
  inContainer,
  innermostOf,
  isVariable,
  substitute,
} from "./port-type.ts";
import { resolveLink } from "./resolve-link.ts";

/** What flows through one node, once its variables and its mapping are known. */
export interface NodeTyping {
  /** What the node is mapped over, outermost first; empty: it runs once. */
  readonly levels: readonly Container[];
  /** By the name of an input or a linked param: how many levels its value has above the port. */
  readonly lifts: Readonly<Record<string, number>>;
  /** What one run of the node gives; undefined while a variable is unbound. */
  readonly own: Readonly<Record<string, string | undefined>>;
  /** What all its runs give together. */
  readonly outputs: Readonly<Record<string, string | undefined>>;
}

/** A value that cannot enter the port it is linked to. */
export interface TypeFault {
  readonly nodeId: string;
  /** The name of the input or of the linked param. */
  readonly name: string;
  readonly given: string;
  readonly wanted: string;
  /** Why, where the types alone do not say it. */
  readonly reason?: string;
}

export interface GraphTyping {
  readonly nodes: ReadonlyMap<string, NodeTyping>;
  readonly faults: readonly TypeFault[];
  /** @returns the type of what flows along a link, where it is known. */
  typeOf(link: Link): string | undefined;
}

interface Lift {
  readonly depth: number;
  readonly levels: readonly Container[];
}

/** How many containers must be taken off `given` until it enters a port of type `wanted`. */
function liftOf(
  wanted: string,
  given: string,
  bound: Bindings,
  isRoute: boolean,
): Lift | undefined {
  const levels: Container[] = [];
  for (let rest = given; ; rest = elementOf(rest)) {
    if (fits(wanted, rest, bound, isRoute)) return { depth: levels.length, levels };
    const container = containerOf(rest);
    if (container === undefined) return undefined;
    levels.push(container);
  }
}

/** The levels of several values walked together: a stream wherever one of them is. */
function joinLevels(lifts: readonly Lift[]): Container[] {
  const depth = Math.max(0, ...lifts.map((lift) => lift.depth));
  return Array.from({ length: depth }, (_, at) =>
    lifts.some(({ levels }) => levels[at] === "stream") ? "stream" : "list",
  );
}

function isStream(type: string | undefined): boolean {
  return type !== undefined && containerOf(type) === "stream";
}

/** Why a node cannot be mapped over these levels, or undefined. */
function whyUnmappable(
  levels: readonly Container[],
  own: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (levels.slice(1).includes("stream")) return "a stream cannot stand inside a list";
  if (levels.length > 0 && Object.values(own).some(isStream)) {
    return "what gives a stream runs once, not for each item";
  }
  return undefined;
}

interface Given {
  readonly name: string;
  readonly wanted: string;
  readonly type: string | undefined;
}

/** Ports that say more about a variable bind it before those that say less. */
function inOrderOfBinding(given: readonly Given[]): Given[] {
  const rank = ({ wanted }: Given): number => (isVariable(wanted) ? 1 : 0);
  return [...given].sort((a, b) => rank(a) - rank(b));
}

/** Nodes that run once and have no variables: the same for every node of a type. */
const plainTypings = new WeakMap<NodeTypeSpec, NodeTyping>();

function plainTyping(spec: NodeTypeSpec): NodeTyping {
  const known = plainTypings.get(spec);
  if (known !== undefined) return known;
  const own = mapEntries(spec.outputs, ({ type }) => substitute(type, new Map()));
  const typing: NodeTyping = { levels: [], lifts: {}, own, outputs: own };
  plainTypings.set(spec, typing);
  return typing;
}

function typeNode(
  nodeId: string,
  spec: NodeTypeSpec,
  given: readonly Given[],
  faults: TypeFault[],
): NodeTyping {
  const bound: Bindings = new Map();
  const lifts = new Map<string, Lift>();
  for (const { name, wanted, type } of inOrderOfBinding(given)) {
    if (type === undefined) continue;
    const lift = liftOf(wanted, type, bound, spec.isRoute === true);
    if (lift !== undefined) lifts.set(name, lift);
    else faults.push({ nodeId, name, given: type, wanted: substitute(wanted, bound) ?? wanted });
  }
  const levels = joinLevels([...lifts.values()]);
  const own = mapEntries(spec.outputs, ({ type }) => substitute(type, bound));
  const reason = whyUnmappable(levels, own);
  const first = [...lifts].find(([, { depth }]) => depth > 0);
  if (reason !== undefined && first !== undefined) {
    const [name] = first;
    const { type = "", wanted = "" } = given.find((one) => one.name === name) ?? {};
    faults.push({ nodeId, name, given: type, wanted, reason });
  }
  const outputs = mapEntries(own, (type) =>
    type === undefined ? undefined : levels.toReversed().reduce((t, c) => inContainer(c, t), type),
  );
  const depths = [...lifts].map(([name, { depth }]) => [name, depth] as const);
  return { levels, lifts: Object.fromEntries(depths), own, outputs };
}

function mapEntries<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** Declared outputs, for nodes in or after a cycle. */
function declaredTypes(spec: NodeTypeSpec | undefined) {
  return mapEntries(spec?.outputs ?? {}, ({ type }) =>
    isVariable(innermostOf(type)) ? undefined : type,
  );
}

/**
 * Follows types along links: binds variables, and finds which nodes lists and streams map.
 * @param order Sources first; nodes in cycles may be missing.
 */
export function resolveTypes(
  graph: GraphBody,
  catalogue: NodeCatalogue,
  order: readonly string[],
): GraphTyping {
  const nodes = new Map<string, NodeTyping>();
  const faults: TypeFault[] = [];
  const typeOf = (link: Link): string | undefined => {
    if (link.node === GRAPH_INPUTS) {
      const input = entryOf(graph.inputs, link.output);
      return input !== undefined && isPortInput(input) ? input.type : undefined;
    }
    const typing = nodes.get(link.node);
    if (typing !== undefined) return entryOf(typing.outputs, link.output);
    const type = entryOf(graph.nodes, link.node)?.type ?? "";
    return entryOf(declaredTypes(entryOf(catalogue, type)), link.output);
  };
  const visit = (nodeId: string): void => {
    const node = entryOf(graph.nodes, nodeId);
    const spec = entryOf(catalogue, node?.type ?? "");
    if (node === undefined || spec === undefined) return;
    const given: Given[] = [];
    let isPlain = true;
    for (const name of Object.keys(node.inputs ?? {})) {
      const wanted = entryOf(spec.inputs, name)?.type ?? entryOf(spec.params, name)?.accepts;
      const link = node.inputs?.[name];
      if (wanted === undefined || link === undefined) continue;
      const type = typeOf(resolveLink(graph, catalogue, link) ?? link);
      isPlain &&= type === wanted && !isVariable(innermostOf(wanted));
      given.push({ name, wanted, type });
    }
    const typing = isPlain ? plainTyping(spec) : typeNode(nodeId, spec, given, faults);
    nodes.set(nodeId, typing);
  };
  for (const nodeId of order) visit(nodeId);
  const isOrdered = new Set(order);
  for (const [nodeId] of nodesOf(graph)) if (!isOrdered.has(nodeId)) visit(nodeId);
  return { nodes, faults, typeOf };
}
