import type { Place } from "../errors.ts";
import { entryOf, goneTypes, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import { checkParam } from "./check-param.ts";
import { type GraphBody, type GraphNode, graphInputs, isPortInput } from "./document.ts";
import { inputFault } from "./input-fault.ts";
import type { Issue } from "./issue.ts";
import { linkFault, startFault, type ValidationContext } from "./link-fault.ts";
import { isOff, resolveLink } from "./resolve-link.ts";
import { type GraphTyping, resolveTypes } from "./resolve-types.ts";
import { sortGraph } from "./sort-graph.ts";
import { subgraphName } from "./subgraphs.ts";
import { validateShapes } from "./validate-shapes.ts";
import { liveWire, nodeById, nodesOf, type WiredNode } from "./wiring.ts";

function checkId({ report }: ValidationContext, nodeId: string): void {
  if (!/^\$|\//.test(nodeId)) return;
  report(
    "graph.node-id",
    { nodeId },
    `"${nodeId.slice(0, 60)}" cannot be a node's id`,
    'Use an id without "/" that does not begin with "$".',
  );
}

function checkVersion(
  { report }: ValidationContext,
  nodeId: string,
  node: GraphNode,
  spec: NodeTypeSpec,
) {
  const { version, oldest = version } = spec;
  if (node.version <= version && node.version >= oldest) return;
  report(
    "graph.node-version",
    { nodeId, path: "version" },
    `"${node.type}" is known in version ${version}, the graph has version ${node.version}`,
    node.version > version
      ? "Update InsightGraph."
      : `Replace the node, or set "version": ${version}.`,
  );
}

function checkParams(
  { report, hints }: ValidationContext,
  nodeId: string,
  node: GraphNode,
  spec: NodeTypeSpec,
): void {
  for (const [name, value] of Object.entries(node.params ?? {})) {
    const at = { nodeId, path: `params.${name}` };
    const param = entryOf(spec.params, name);
    if (param === undefined) {
      const hint = hints.names(name, () => Object.keys(spec.params));
      report("graph.unknown-param", at, `"${node.type}" has no param "${name}"`, hint);
      continue;
    }
    const fault = checkParam(param, value);
    if (fault !== undefined) report(fault.code, at, fault.what, fault.hint);
  }
}

function checkPresence(
  context: ValidationContext,
  { id: nodeId, node, wires }: WiredNode,
  spec: NodeTypeSpec,
) {
  const { graph, catalogue, report } = context;
  if (isOff(node)) return;
  const byName = new Map(wires.map((wire) => [wire.name, wire]));
  for (const [name, port] of Object.entries(spec.inputs)) {
    if (port.optional) continue;
    const at = { nodeId, path: `inputs.${name}` };
    const wire = byName.get(name);
    if (wire === undefined) {
      const what = `nothing is connected to "${name}"`;
      report("graph.missing-input", at, what, `Connect an output of type ${port.type}.`);
      continue;
    }
    const live = liveWire(graph, catalogue, wire)?.link;
    const { link, from } = wire;
    if (live === undefined && from !== undefined) {
      report(
        "graph.absent-input",
        at,
        `${link.node} is ${from.node.muted ? "muted" : "bypassed"} and gives no ${port.type}`,
        `Switch ${link.node} on again, or connect another output of type ${port.type}.`,
      );
    }
    const input = live && context.inputAt(live);
    if (live !== undefined && input?.optional) {
      report(
        "graph.absent-input",
        at,
        `the graph's input "${live.output}" is optional, but "${name}" is required`,
        `Remove "optional" from the graph's input "${live.output}".`,
      );
    }
  }
}

/** What to use instead of a node type that is not there. */
function typeHint({ catalogue, hints, types }: ValidationContext, type: string): string {
  return goneTypes(catalogue).get(type) ?? hints.names(type, () => types);
}

function checkNode(context: ValidationContext, wired: WiredNode): void {
  const { id: nodeId, node, wires } = wired;
  checkId(context, nodeId);
  const spec = entryOf(context.catalogue, node.type);
  if (spec === undefined) {
    const name = subgraphName(node.type);
    if (context.formerTypes.has(node.type)) return;
    // A subgraph that uses itself is reported as recursion.
    if (name !== undefined && context.subgraphs.has(name)) return;
    const at = { nodeId, path: "type" };
    const { hints, subgraphs } = context;
    const [what, hint] =
      name === undefined
        ? [`there is no node type "${node.type}"`, typeHint(context, node.type)]
        : [`this document has no subgraph "${name}"`, hints.names(name, () => [...subgraphs])];
    context.report("graph.unknown-type", at, what, hint);
    return;
  }
  checkVersion(context, nodeId, node, spec);
  // The ports of older versions are not known here; a run migrates the node first.
  if (node.version < spec.version) return;
  checkParams(context, nodeId, node, spec);
  for (const wire of wires) {
    const fault = linkFault(context, wired, spec, wire);
    const at = { nodeId, path: `inputs.${wire.name}` };
    if (fault !== undefined) context.report(fault.code, at, fault.what, fault.hint);
  }
  checkPresence(context, wired, spec);
}

function checkGraphInputs(context: ValidationContext, typing: GraphTyping): void {
  const { graph, report } = context;
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    const at = { path: `inputs.${name}` };
    const fault = inputFault(context, typing, input);
    if (fault !== undefined) report(fault.code, at, fault.what, fault.hint);
  }
}

function checkGraphOutputs(context: ValidationContext, isSubgraph: boolean): void {
  const { graph, catalogue, report } = context;
  for (const [name, link] of Object.entries(graph.outputs ?? {})) {
    const at = { path: `outputs.${name}` };
    const fault = startFault(context, { link, from: nodeById(graph, link.node) });
    if (fault !== undefined) report(fault.code, at, fault.what, fault.hint);
    else if (isSubgraph && resolveLink(graph, catalogue, link) === undefined) {
      const hint = `Switch ${link.node} on again, or remove the output.`;
      report("graph.absent-input", at, `${link.node} is off and gives nothing here`, hint);
    }
  }
}

function checkCycles({ report }: ValidationContext, cycles: readonly (readonly string[])[]): void {
  for (const cycle of cycles) {
    const [first = ""] = cycle;
    report(
      "graph.cycle",
      { nodeId: first },
      `these nodes wait for each other: ${[...cycle, first].slice(0, 12).join(" -> ")}`,
      "Remove one of the links between them.",
    );
  }
}

/** What validating one graph of a document needs to know of the others. */
export interface BodyCheck {
  readonly catalogue: NodeCatalogue;
  /** Names of the document's subgraphs. */
  readonly subgraphs: ValidationContext["subgraphs"];
  readonly hints: ValidationContext["hints"];
  readonly types: ValidationContext["types"];
  readonly formerTypes: ValidationContext["formerTypes"];
  /** The node type of this subgraph; undefined for the document itself. */
  readonly type?: string;
}

/** The issues of one graph, and the types that flow through it. */
export interface CheckedBody {
  readonly issues: Issue[];
  readonly typing: GraphTyping;
}

/** Finds all issues of one graph of a document. */
export function validateBody(graph: GraphBody, check: BodyCheck): CheckedBody {
  const { catalogue, subgraphs, hints, types, formerTypes, type } = check;
  const issues: Issue[] = [];
  const placed = ({ nodeId, path }: Place): Place => {
    const id = [type, nodeId].filter((part) => part !== undefined).join("/");
    return { ...(id === "" ? {} : { nodeId: id }), ...(path === undefined ? {} : { path }) };
  };
  const { order, cycles } = sortGraph(graph);
  const typing = resolveTypes(graph, catalogue, order);
  const context: ValidationContext = {
    graph,
    catalogue,
    subgraphs,
    hints,
    nodeIds: nodesOf(graph).map(({ id }) => id),
    types,
    formerTypes,
    typeFaults: new Map(typing.faults.map((fault) => [`${fault.nodeId}/${fault.name}`, fault])),
    inputAt({ node, output }) {
      const input = node === graphInputs ? entryOf(graph.inputs, output) : undefined;
      return input !== undefined && isPortInput(input) ? input : undefined;
    },
    report: (code, at, what, hint) => issues.push({ code, what, ...placed(at), hint }),
  };
  for (const node of nodesOf(graph)) checkNode(context, node);
  checkGraphInputs(context, typing);
  checkGraphOutputs(context, type !== undefined);
  checkCycles(context, cycles);
  for (const { nodeId, name, what } of validateShapes(graph, catalogue, order)) {
    const hint = "Connect an output with the same sizes, or put a converting node between them.";
    context.report("graph.port-shape", { nodeId, path: `inputs.${name}` }, what, hint);
  }
  return { issues, typing };
}
