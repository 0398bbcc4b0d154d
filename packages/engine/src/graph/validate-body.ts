import type { Place } from "../errors.ts";
import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import { checkParam } from "./check-param.ts";
import { definitionName } from "./definitions.ts";
import { GRAPH_INPUTS, type GraphBody, type GraphNode, isPortInput } from "./document.ts";
import type { Issue } from "./issue.ts";
import { linkFault, type Scope, startFault } from "./link-fault.ts";
import { namesHint } from "./nearest-name.ts";
import { innermostOf, isVariable } from "./port-type.ts";
import { isOff, resolveLink } from "./resolve-link.ts";
import { type GraphTyping, resolveTypes } from "./resolve-types.ts";
import { sortGraph } from "./sort-graph.ts";
import { validateShapes } from "./validate-shapes.ts";
import { liveWire, nodeById, nodesOf, type WiredNode } from "./wiring.ts";

function checkId({ report }: Scope, nodeId: string): void {
  if (!/^\$|\//.test(nodeId)) return;
  report(
    "graph.node-id",
    { nodeId },
    `"${nodeId.slice(0, 60)}" cannot be a node's id`,
    'use an id without "/" that does not begin with "$".',
  );
}

function checkVersion({ report }: Scope, nodeId: string, node: GraphNode, spec: NodeTypeSpec) {
  const { version, oldest = version } = spec;
  if (node.version <= version && node.version >= oldest) return;
  report(
    "graph.node-version",
    { nodeId, path: "version" },
    `"${node.type}" is known in version ${version}, the graph has version ${node.version}`,
    node.version > version
      ? "update InsightGraph."
      : `replace the node, or set "version": ${version}.`,
  );
}

function checkParams({ report }: Scope, nodeId: string, node: GraphNode, spec: NodeTypeSpec): void {
  for (const [name, value] of Object.entries(node.params ?? {})) {
    const at = { nodeId, path: `params.${name}` };
    const param = entryOf(spec.params, name);
    if (param === undefined) {
      const hint = namesHint(name, Object.keys(spec.params));
      report("graph.unknown-param", at, `"${node.type}" has no param "${name}"`, hint);
      continue;
    }
    const fault = checkParam(param, value);
    if (fault !== undefined) report(fault.code, at, fault.what, fault.hint);
  }
}

function checkPresence(scope: Scope, { id: nodeId, node, wires }: WiredNode, spec: NodeTypeSpec) {
  const { graph, catalogue, report } = scope;
  if (isOff(node)) return;
  for (const [name, port] of Object.entries(spec.inputs)) {
    if (port.optional) continue;
    const at = { nodeId, path: `inputs.${name}` };
    const wire = wires.find((one) => one.name === name);
    if (wire === undefined) {
      const what = `nothing is connected to "${name}"`;
      report("graph.missing-input", at, what, `connect an output of type ${port.type}.`);
      continue;
    }
    const live = liveWire(graph, catalogue, wire)?.link;
    const { link, from } = wire;
    if (live === undefined && from !== undefined) {
      report(
        "graph.absent-input",
        at,
        `${link.node} is ${from.node.muted ? "muted" : "bypassed"} and gives no ${port.type}`,
        `switch ${link.node} on again, or connect another output of type ${port.type}.`,
      );
    }
    const input = live && scope.inputAt(live);
    if (live !== undefined && input?.optional) {
      report(
        "graph.absent-input",
        at,
        `the graph's input "${live.output}" may be left out, but "${name}" is required`,
        `take "optional" off the graph's input "${live.output}".`,
      );
    }
  }
}

function checkNode(scope: Scope, wired: WiredNode): void {
  const { id: nodeId, node, wires } = wired;
  checkId(scope, nodeId);
  const spec = entryOf(scope.catalogue, node.type);
  if (spec === undefined) {
    const name = definitionName(node.type);
    if (scope.formerTypes.has(node.type)) return;
    // One that uses itself is reported as such.
    if (name !== undefined && scope.definitions.includes(name)) return;
    const at = { nodeId, path: "type" };
    const [what, hint] =
      name === undefined
        ? [`there is no node type "${node.type}"`, namesHint(node.type, scope.types)]
        : [`this document defines no graph "${name}"`, namesHint(name, scope.definitions)];
    scope.report("graph.unknown-type", at, what, hint);
    return;
  }
  checkVersion(scope, nodeId, node, spec);
  // What an older version takes is not known here; a run brings it up to this one first.
  if (node.version < spec.version) return;
  checkParams(scope, nodeId, node, spec);
  for (const wire of wires) {
    const fault = linkFault(scope, wired, spec, wire);
    const at = { nodeId, path: `inputs.${wire.name}` };
    if (fault !== undefined) scope.report(fault.code, at, fault.what, fault.hint);
  }
  checkPresence(scope, wired, spec);
}

function checkGraphInputs({ graph, catalogue, nodeIds, report }: Scope): void {
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    const at = { path: `inputs.${name}` };
    if (isPortInput(input)) {
      if (!isVariable(innermostOf(input.type))) continue;
      const hint = "name the port type, such as image or list of image.";
      report("graph.port-type", at, `a graph's input cannot have the type ${input.type}`, hint);
      continue;
    }
    const node = entryOf(graph.nodes, input.node);
    if (node === undefined) {
      const hint = namesHint(input.node, nodeIds);
      report("graph.dangling-link", at, `there is no node "${input.node}"`, hint);
      continue;
    }
    const spec = entryOf(catalogue, node.type);
    if (spec === undefined || node.version < spec.version) continue;
    if (entryOf(spec.params, input.param) !== undefined) continue;
    const what = `${input.node} (${node.type}) has no param "${input.param}"`;
    report("graph.dangling-link", at, what, namesHint(input.param, Object.keys(spec.params)));
  }
}

function checkGraphOutputs(scope: Scope, isDefinition: boolean): void {
  const { graph, catalogue, report } = scope;
  for (const [name, link] of Object.entries(graph.outputs ?? {})) {
    const at = { path: `outputs.${name}` };
    const fault = startFault(scope, { link, from: nodeById(graph, link.node) });
    if (fault !== undefined) report(fault.code, at, fault.what, fault.hint);
    else if (isDefinition && resolveLink(graph, catalogue, link) === undefined) {
      const hint = `switch ${link.node} on again, or take the output out.`;
      report("graph.absent-input", at, `${link.node} is off and gives nothing here`, hint);
    }
  }
}

function checkCycles({ report }: Scope, cycles: readonly (readonly string[])[]): void {
  for (const cycle of cycles) {
    const [first = ""] = cycle;
    report(
      "graph.cycle",
      { nodeId: first },
      `these nodes wait for each other: ${[...cycle, first].slice(0, 12).join(" -> ")}`,
      "remove one of the links between them.",
    );
  }
}

export interface BodyCheck {
  readonly catalogue: NodeCatalogue;
  /** Names of the document's definitions. */
  readonly definitions: readonly string[];
  readonly types: Scope["types"];
  readonly formerTypes: Scope["formerTypes"];
  /** The node type that stands for this graph; undefined for the document itself. */
  readonly type?: string;
}

export interface CheckedBody {
  readonly issues: Issue[];
  readonly typing: GraphTyping;
}

/** Everything that is wrong with one graph of a document, at once. */
export function validateBody(graph: GraphBody, check: BodyCheck): CheckedBody {
  const { catalogue, definitions, types, formerTypes, type } = check;
  const issues: Issue[] = [];
  const placed = ({ nodeId, path }: Place): Place => {
    const id = [type, nodeId].filter((part) => part !== undefined).join("/");
    return { ...(id === "" ? {} : { nodeId: id }), ...(path === undefined ? {} : { path }) };
  };
  const { order, cycles } = sortGraph(graph);
  const typing = resolveTypes(graph, catalogue, order);
  const scope: Scope = {
    graph,
    catalogue,
    definitions,
    nodeIds: nodesOf(graph).map(({ id }) => id),
    types,
    formerTypes,
    typeFaults: new Map(typing.faults.map((fault) => [`${fault.nodeId}/${fault.name}`, fault])),
    inputAt({ node, output }) {
      const input = node === GRAPH_INPUTS ? entryOf(graph.inputs, output) : undefined;
      return input !== undefined && isPortInput(input) ? input : undefined;
    },
    report: (code, at, what, hint) => issues.push({ code, what, ...placed(at), hint }),
  };
  for (const node of nodesOf(graph)) checkNode(scope, node);
  checkGraphInputs(scope);
  checkGraphOutputs(scope, type !== undefined);
  checkCycles(scope, cycles);
  for (const { nodeId, name, what } of validateShapes(graph, catalogue, order)) {
    const hint = "connect an output with the same sizes, or put a node that converts between them.";
    scope.report("graph.port-shape", { nodeId, path: `inputs.${name}` }, what, hint);
  }
  return { issues, typing };
}
