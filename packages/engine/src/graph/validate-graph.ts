import type { Place } from "../errors.ts";
import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import { checkParam } from "./check-param.ts";
import type { GraphDocument, GraphNode, Link } from "./document.ts";
import type { Issue } from "./issue.ts";
import { namesHint } from "./nearest-name.ts";
import { resolveLink } from "./resolve-link.ts";
import { sortGraph } from "./sort-graph.ts";
import { validateShapes } from "./validate-shapes.ts";

interface Scope {
  readonly graph: GraphDocument;
  readonly catalogue: NodeCatalogue;
  readonly report: (code: Issue["code"], at: Place, what: string, hint: string) => void;
}

function checkType(scope: Scope, nodeId: string, node: GraphNode, spec: NodeTypeSpec): void {
  if (node.version === spec.version) return;
  const isNewer = node.version > spec.version;
  scope.report(
    "graph.node-version",
    { nodeId, path: "version" },
    `"${node.type}" is known in version ${spec.version}, the graph has version ${node.version}`,
    isNewer ? "update InsightGraph." : `replace the node, or set "version": ${spec.version}.`,
  );
}

function checkParams(scope: Scope, nodeId: string, node: GraphNode, spec: NodeTypeSpec): void {
  for (const [name, value] of Object.entries(node.params ?? {})) {
    const at = { nodeId, path: `params.${name}` };
    const param = entryOf(spec.params, name);
    if (param === undefined) {
      const hint = namesHint(name, Object.keys(spec.params));
      scope.report("graph.unknown-param", at, `"${node.type}" has no param "${name}"`, hint);
      continue;
    }
    const fault = checkParam(param, value);
    if (fault !== undefined) scope.report(fault.code, at, fault.what, fault.hint);
  }
}

/** @returns the port type at a link's start, or undefined after reporting or where unknown. */
function typeAtStart(scope: Scope, link: Link, at: Place): string | undefined {
  const source = entryOf(scope.graph.nodes, link.node);
  if (source === undefined) {
    const hint = namesHint(link.node, Object.keys(scope.graph.nodes));
    scope.report("graph.dangling-link", at, `there is no node "${link.node}"`, hint);
    return undefined;
  }
  const spec = entryOf(scope.catalogue, source.type);
  const output = entryOf(spec?.outputs, link.output);
  if (spec !== undefined && output === undefined) {
    const hint = namesHint(link.output, Object.keys(spec.outputs));
    scope.report(
      "graph.dangling-link",
      at,
      `${link.node} (${source.type}) has no output "${link.output}"`,
      hint,
    );
  }
  return output?.type;
}

function portTypeHint(scope: Scope, from: string, to: string): string {
  const converter = Object.values(scope.catalogue).find(
    ({ inputs, outputs }) =>
      Object.values(outputs).some(({ type }) => type === to) &&
      Object.values(inputs).some(({ type }) => type === from) &&
      Object.values(inputs).every(({ type, optional }) => type === from || optional),
  );
  return converter === undefined
    ? `connect an output of type ${to}.`
    : `put "${converter.type}" between them.`;
}

function checkLinks(scope: Scope, nodeId: string, node: GraphNode, spec: NodeTypeSpec): void {
  for (const [name, link] of Object.entries(node.inputs ?? {})) {
    const at = { nodeId, path: `inputs.${name}` };
    const port = entryOf(spec.inputs, name);
    if (port === undefined) {
      const hint = namesHint(name, Object.keys(spec.inputs));
      scope.report("graph.unknown-port", at, `"${node.type}" has no input "${name}"`, hint);
    }
    const type = typeAtStart(scope, link, at);
    if (port === undefined || type === undefined) continue;
    if (type !== port.type) {
      const hint = portTypeHint(scope, type, port.type);
      scope.report("graph.port-type", at, `${type} cannot flow into ${port.type}`, hint);
    }
  }
}

function checkPresence(scope: Scope, nodeId: string, node: GraphNode, spec: NodeTypeSpec): void {
  if (node.bypassed || node.muted) return;
  for (const [name, port] of Object.entries(spec.inputs)) {
    if (port.optional) continue;
    const at = { nodeId, path: `inputs.${name}` };
    const link = entryOf(node.inputs, name);
    if (link === undefined) {
      const what = `nothing is connected to "${name}"`;
      scope.report("graph.missing-input", at, what, `connect an output of type ${port.type}.`);
      continue;
    }
    const source = entryOf(scope.graph.nodes, link.node);
    const isSwitchedOff = source?.bypassed || source?.muted;
    if (isSwitchedOff && resolveLink(scope.graph, scope.catalogue, link) === undefined) {
      scope.report(
        "graph.absent-input",
        at,
        `${link.node} is ${source.muted ? "muted" : "bypassed"} and gives no ${port.type}`,
        `switch ${link.node} on again, or connect another output of type ${port.type}.`,
      );
    }
  }
}

function checkGraphPorts(scope: Scope): void {
  const { graph, catalogue } = scope;
  for (const [name, input] of Object.entries(graph.inputs ?? {})) {
    const at = { path: `inputs.${name}` };
    const node = entryOf(graph.nodes, input.node);
    if (node === undefined) {
      const hint = namesHint(input.node, Object.keys(graph.nodes));
      scope.report("graph.dangling-link", at, `there is no node "${input.node}"`, hint);
      continue;
    }
    const spec = entryOf(catalogue, node.type);
    if (spec !== undefined && entryOf(spec.params, input.param) === undefined) {
      const hint = namesHint(input.param, Object.keys(spec.params));
      const what = `${input.node} (${node.type}) has no param "${input.param}"`;
      scope.report("graph.dangling-link", at, what, hint);
    }
  }
  for (const [name, link] of Object.entries(graph.outputs ?? {})) {
    typeAtStart(scope, link, { path: `outputs.${name}` });
  }
}

/** Everything that is wrong with a graph at once; an empty list means that it can run. */
export function validateGraph(graph: GraphDocument, catalogue: NodeCatalogue): Issue[] {
  const issues: Issue[] = [];
  const scope: Scope = {
    graph,
    catalogue,
    report: (code, at, what, hint) => issues.push({ code, what, ...at, hint }),
  };
  for (const [nodeId, node] of Object.entries(graph.nodes)) {
    const spec = entryOf(catalogue, node.type);
    if (spec === undefined) {
      const hint = namesHint(node.type, Object.keys(catalogue));
      const what = `there is no node type "${node.type}"`;
      scope.report("graph.unknown-type", { nodeId, path: "type" }, what, hint);
      continue;
    }
    checkType(scope, nodeId, node, spec);
    checkParams(scope, nodeId, node, spec);
    checkLinks(scope, nodeId, node, spec);
    checkPresence(scope, nodeId, node, spec);
  }
  checkGraphPorts(scope);
  const { order, cycles } = sortGraph(graph);
  for (const cycle of cycles) {
    const [first = ""] = cycle;
    scope.report(
      "graph.cycle",
      { nodeId: first },
      `these nodes wait for each other: ${[...cycle, first].slice(0, 12).join(" -> ")}`,
      "remove one of the links between them.",
    );
  }
  return [...issues, ...validateShapes(graph, catalogue, order)];
}
