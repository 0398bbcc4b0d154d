import {
  entryOf,
  type GraphNode,
  type NodeTypeSpec,
  type ParamSpec,
  type PortSpec,
} from "@insightgraph/engine/graph";
import { ownDoc, redescribe } from "../messages/translate-catalogue.ts";

/** The inputs a node shows: its ports, then the params that a link feeds. */
export function inputNames(node: GraphNode | undefined, spec: NodeTypeSpec | undefined): string[] {
  const linked = Object.keys(node?.inputs ?? {});
  if (spec === undefined) return linked;
  const params = linked.filter((name) => entryOf(spec.params, name)?.accepts !== undefined);
  return [...Object.keys(spec.inputs), ...params];
}

/** Every input of a node type that a link may end in: its ports, then the params that take links. */
export function linkableNames({ inputs, params }: NodeTypeSpec): string[] {
  const linkable = Object.entries(params).filter(([, { accepts }]) => accepts !== undefined);
  return [...Object.keys(inputs), ...linkable.map(([name]) => name)];
}

/** Ports that params are shown as; one object for each, so that nothing is drawn anew. */
const paramPorts = new WeakMap<ParamSpec, PortSpec>();

/** An input of a node type; a param that takes links is an optional one. */
export function inputPort(spec: NodeTypeSpec | undefined, name: string): PortSpec | undefined {
  const port = entryOf(spec?.inputs, name);
  const param = entryOf(spec?.params, name);
  if (port !== undefined || param?.accepts === undefined) return port;
  const known = paramPorts.get(param);
  if (known !== undefined) return known;
  const own: PortSpec = { type: param.accepts, doc: ownDoc(param), optional: true };
  const shown = redescribe(own, param.doc);
  paramPorts.set(param, shown);
  return shown;
}
