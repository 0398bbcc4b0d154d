import type { ErrorCode, Place } from "../errors.ts";
import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import { type GraphBody, graphInputs, type Link, type PortInput } from "./document.ts";
import type { HintSearch } from "./hint-search.ts";
import { fits, substitute } from "./port-type.ts";
import type { TypeFault } from "./resolve-types.ts";
import type { Wire, WiredNode } from "./wiring.ts";

/** One graph of a document while it is validated. */
export interface ValidationContext {
  readonly graph: GraphBody;
  readonly catalogue: NodeCatalogue;
  readonly subgraphs: ReadonlySet<string>;
  readonly hints: HintSearch;
  readonly nodeIds: readonly string[];
  /** Every known node type. */
  readonly types: readonly string[];
  /** Former type ids of some of them. */
  readonly formerTypes: ReadonlySet<string>;
  /** By `node/name` of the input. */
  readonly typeFaults: ReadonlyMap<string, TypeFault>;
  /** The graph's own port that a link leaves from, if it does. */
  inputAt(link: Link): PortInput | undefined;
  readonly report: (code: ErrorCode, at: Place, what: string, hint: string) => void;
}

/** What is wrong with a link, or with a graph's named input. */
export interface LinkFault {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

/** The fault of a link from something that is not there. */
export function dangling(what: string, hint: string): LinkFault {
  return { code: "graph.dangling-link", what, hint };
}

/** What is wrong with the start of a link; undefined where nothing is. */
export function startFault(
  context: ValidationContext,
  { link, from }: Pick<Wire, "link" | "from">,
): LinkFault | undefined {
  const { graph, catalogue, hints } = context;
  if (link.node === graphInputs) {
    if (context.inputAt(link) !== undefined) return undefined;
    const hint = hints.names(link.output, () => {
      const ports = Object.entries(graph.inputs ?? {}).filter(([, input]) => "type" in input);
      return ports.map(([name]) => name);
    });
    return dangling(`the graph has no input port "${link.output}"`, hint);
  }
  if (from === undefined) {
    const hint = hints.names(link.node, () => context.nodeIds);
    return dangling(`there is no node "${link.node}"`, hint);
  }
  const { node } = from;
  const spec = entryOf(catalogue, node.type);
  // The outputs of older versions are not known here; a run migrates the node first.
  if (spec === undefined || node.version < spec.version) return undefined;
  if (entryOf(spec.outputs, link.output) !== undefined) return undefined;
  const hint = hints.names(link.output, () => Object.keys(spec.outputs));
  return dangling(`${link.node} (${node.type}) has no output "${link.output}"`, hint);
}

/** Whether a node type turns one port type into another, with nothing else connected. */
function converts({ inputs, outputs }: NodeTypeSpec, from: string, to: string): boolean {
  for (const [name, { type }] of Object.entries(inputs)) {
    const bound = new Map<string, string>();
    if (!fits(type, from, bound, false)) continue;
    const others = Object.entries(inputs).filter(([other]) => other !== name);
    if (!others.every(([, port]) => port.optional || port.type === from)) continue;
    if (Object.values(outputs).some((port) => substitute(port.type, bound) === to)) return true;
  }
  return false;
}

function typeHint({ catalogue, hints }: ValidationContext, from: string, to: string): string {
  const converter = hints.find(() =>
    Object.values(catalogue).find((spec) => !spec.isRoute && converts(spec, from, to)),
  );
  return converter === undefined
    ? `Connect an output of type ${to}.`
    : `Put "${converter.type}" between them.`;
}

/** What is wrong with a link into a node; undefined where nothing is. */
export function linkFault(
  context: ValidationContext,
  { id, node }: WiredNode,
  spec: NodeTypeSpec,
  wire: Wire,
): LinkFault | undefined {
  const { name } = wire;
  const param = entryOf(spec.params, name);
  if (entryOf(spec.inputs, name) === undefined && param?.accepts === undefined) {
    const hint = context.hints.names(name, () => {
      const params = Object.entries(spec.params).filter(([, { accepts }]) => accepts !== undefined);
      return [...Object.keys(spec.inputs), ...params.map(([key]) => key)];
    });
    const what =
      param === undefined
        ? `"${node.type}" has no input "${name}"`
        : `the param "${name}" of "${node.type}" takes no links`;
    return { code: "graph.unknown-port", what, hint };
  }
  const start = startFault(context, wire);
  if (start !== undefined) return start;
  if (context.typeFaults.size === 0) return undefined;
  const fault = context.typeFaults.get(`${id}/${name}`);
  if (fault === undefined) return undefined;
  const { given, wanted } = fault;
  return {
    code: "graph.port-type",
    what: typeFaultWords(fault),
    hint: typeHint(context, given, wanted),
  };
}

/** Why a value does not fit the port it is linked to, in words. */
export function typeFaultWords({ given, wanted, reason }: TypeFault): string {
  return `${given} cannot flow into ${wanted}${reason === undefined ? "" : `: ${reason}`}`;
}
