import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import { type GraphBody, graphInputs, isPortInput, type Link } from "./document.ts";
import { mapValues } from "./map-values.ts";
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
import { liveWire, nodeById, nodesOf, type WiredNode } from "./wiring.ts";

/** The types that flow through one node, and what it is mapped over. */
export interface NodeTyping {
  /** The containers that the node is mapped over, outermost first; empty where it runs once. */
  readonly levels: readonly Container[];
  /** By the name of an input or a linked param: how many levels its value has above the port. */
  readonly lifts: Readonly<Record<string, number>>;
  /** Output types of one run; undefined where a variable is unbound. */
  readonly own: Readonly<Record<string, string | undefined>>;
  /** Output types of all runs together. */
  readonly outputs: Readonly<Record<string, string | undefined>>;
}

/** A value that does not fit the port it is linked to. */
export interface TypeFault {
  readonly nodeId: string;
  /** The name of the input or of the linked param. */
  readonly name: string;
  readonly given: string;
  readonly wanted: string;
  /** The reason, where the types alone do not show it. */
  readonly reason?: string;
}

/** The types that flow through a graph. */
export interface GraphTyping {
  readonly faults: readonly TypeFault[];
  /** @returns undefined for a node of an unknown type. */
  typingOf(node: WiredNode): NodeTyping | undefined;
  /** @returns the type of what flows along a link, where it is known. */
  typeOf(link: Link): string | undefined;
}

interface Lift {
  readonly depth: number;
  readonly levels: readonly Container[];
}

/** The containers to map over until `given` fits a port of type `wanted`; undefined where it never does. */
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
  if (levels.slice(1).includes("stream")) return "a list cannot hold streams";
  if (levels.length > 0 && Object.values(own).some(isStream)) {
    return "a node with a stream output runs once, not for each item";
  }
  return undefined;
}

/** A linked input or param, and the type of the value that reaches it. */
interface LinkedPort {
  readonly name: string;
  readonly wanted: string;
  readonly type: string | undefined;
}

/** Containers of a variable bind it before the bare variable does. */
function inOrderOfBinding(given: readonly LinkedPort[]): LinkedPort[] {
  const rank = ({ wanted }: LinkedPort): number => (isVariable(wanted) ? 1 : 0);
  return [...given].sort((a, b) => rank(a) - rank(b));
}

/** Nodes that run once and have no variables: the same for every node of a type. */
const plainTypings = new WeakMap<NodeTypeSpec, NodeTyping>();

function plainTyping(spec: NodeTypeSpec): NodeTyping {
  const known = plainTypings.get(spec);
  if (known !== undefined) return known;
  const own = mapValues(spec.outputs, ({ type }) => substitute(type, new Map()));
  const typing: NodeTyping = { levels: [], lifts: {}, own, outputs: own };
  plainTypings.set(spec, typing);
  return typing;
}

function typeNode(
  nodeId: string,
  spec: NodeTypeSpec,
  given: readonly LinkedPort[],
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
  const own = mapValues(spec.outputs, ({ type }) => substitute(type, bound));
  const reason = whyUnmappable(levels, own);
  const first = [...lifts].find(([, { depth }]) => depth > 0);
  if (reason !== undefined && first !== undefined) {
    const [name] = first;
    const { type = "", wanted = "" } = given.find((one) => one.name === name) ?? {};
    faults.push({ nodeId, name, given: type, wanted, reason });
  }
  const outputs = mapValues(own, (type) =>
    type === undefined ? undefined : levels.toReversed().reduce((t, c) => inContainer(c, t), type),
  );
  const depths = [...lifts].map(([name, { depth }]) => [name, depth] as const);
  return { levels, lifts: Object.fromEntries(depths), own, outputs };
}

/** The port type that an input or a linked param of a node type takes. */
function wantedType(spec: NodeTypeSpec, name: string): string | undefined {
  return entryOf(spec.inputs, name)?.type ?? entryOf(spec.params, name)?.accepts;
}

/**
 * What would be wrong with the types of one node if a value of type `given` came into its input
 * `name`: the same check that a whole graph gets, of this node alone.
 * @param typing The types that flow through the graph as it stands.
 */
export function typeFaultAt(
  graph: GraphBody,
  catalogue: NodeCatalogue,
  typing: Pick<GraphTyping, "typeOf">,
  end: { readonly node: string; readonly input: string },
  given: string,
): TypeFault | undefined {
  const wired = nodeById(graph, end.node);
  const spec = entryOf(catalogue, wired?.node.type ?? "");
  const wanted = spec && wantedType(spec, end.input);
  if (wired === undefined || spec === undefined || wanted === undefined) return undefined;
  const others = wired.wires.flatMap((wire): LinkedPort[] => {
    const { name } = wire;
    const own = wantedType(spec, name);
    if (name === end.input || own === undefined) return [];
    const { link } = liveWire(graph, catalogue, wire) ?? wire;
    return [{ name, wanted: own, type: typing.typeOf(link) }];
  });
  const known: TypeFault[] = [];
  typeNode(end.node, spec, others, known);
  const faults: TypeFault[] = [];
  typeNode(end.node, spec, [...others, { name: end.input, wanted, type: given }], faults);
  return faults.length > known.length
    ? (faults.find(({ name }) => name === end.input) ?? faults.at(-1))
    : undefined;
}

/** Declared outputs, for nodes in or after a cycle. */
function declaredTypes(spec: NodeTypeSpec | undefined) {
  return mapValues(spec?.outputs ?? {}, ({ type }) =>
    isVariable(innermostOf(type)) ? undefined : type,
  );
}

/**
 * Follows types along links: binds variables, and finds the nodes that map over lists and streams.
 * @param order Sources first; nodes in cycles may be missing.
 */
export function resolveTypes(
  graph: GraphBody,
  catalogue: NodeCatalogue,
  order: readonly WiredNode[],
): GraphTyping {
  // By a node's place.
  const typings: (NodeTyping | undefined)[] = new Array(nodesOf(graph).length);
  const outputType = ({ node, at }: WiredNode, output: string): string | undefined => {
    const outputs = typings[at]?.outputs ?? declaredTypes(entryOf(catalogue, node.type));
    return entryOf(outputs, output);
  };
  const typeOf = ({ node, output }: Link): string | undefined => {
    if (node === graphInputs) {
      const input = entryOf(graph.inputs, output);
      return input !== undefined && isPortInput(input) ? input.type : undefined;
    }
    const from = nodeById(graph, node);
    return from && outputType(from, output);
  };
  const faults: TypeFault[] = [];
  const visit = ({ id, node, at, wires }: WiredNode): void => {
    const spec = entryOf(catalogue, node.type);
    if (spec === undefined) return;
    const given: LinkedPort[] = [];
    let isPlain = true;
    for (const wire of wires) {
      const { name } = wire;
      const wanted = wantedType(spec, name);
      if (wanted === undefined) continue;
      const { from, link } = liveWire(graph, catalogue, wire) ?? wire;
      const type = from === undefined ? typeOf(link) : outputType(from, link.output);
      isPlain &&= type === wanted && !isVariable(innermostOf(wanted));
      given.push({ name, wanted, type });
    }
    typings[at] = isPlain ? plainTyping(spec) : typeNode(id, spec, given, faults);
  };
  for (const node of order) visit(node);
  if (order.length < typings.length) {
    const isOrdered = new Set(order);
    for (const node of nodesOf(graph)) if (!isOrdered.has(node)) visit(node);
  }
  return { faults, typingOf: ({ at }) => typings[at], typeOf };
}
