import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument, Json, Link } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { namesHint } from "../graph/nearest-name.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import { settingsOf } from "../graph/settings.ts";
import { validateGraph } from "../graph/validate-graph.ts";
import type { AnyNode, Registry } from "../node/registry.ts";

export interface Step {
  readonly nodeId: string;
  readonly definition: AnyNode;
  readonly settings: Readonly<Record<string, Json>>;
  /** By input name; links already lead past bypassed nodes, absent inputs are left out. */
  readonly inputs: Readonly<Record<string, Link>>;
}

export interface RunPlan {
  /** Each step after the steps it takes values from. */
  readonly steps: readonly Step[];
  readonly wanted: ReadonlySet<string>;
}

export type PlanResult =
  | { readonly plan: RunPlan; readonly issues: readonly [] }
  | { readonly plan?: undefined; readonly issues: readonly [Issue, ...Issue[]] };

/** Ids of the nodes that run when nothing else is asked for. */
function wantedByDefault(graph: GraphDocument, catalogue: NodeCatalogue): string[] {
  const marked = Object.entries(graph.nodes)
    .filter(([, node]) => entryOf(catalogue, node.type)?.isOutput && !isOff(node))
    .map(([id]) => id);
  const named = Object.values(graph.outputs ?? {})
    .map((link) => resolveLink(graph, catalogue, link)?.node)
    .filter((id) => id !== undefined);
  return [...new Set([...marked, ...named])];
}

function isOff({ bypassed, muted }: { bypassed?: boolean; muted?: boolean }): boolean {
  return bypassed === true || muted === true;
}

function wantedIssues(graph: GraphDocument, wanted: readonly string[]): Issue[] {
  if (wanted.length === 0) {
    return [
      {
        code: "graph.nothing-wanted",
        what: "no node of this graph is an output",
        hint: 'add one, such as "image.save", or name an output of the graph.',
      },
    ];
  }
  return wanted
    .filter((nodeId) => !Object.hasOwn(graph.nodes, nodeId))
    .map((nodeId) => ({
      code: "graph.unknown-node",
      what: `the graph has no node "${nodeId}"`,
      nodeId,
      hint: namesHint(nodeId, Object.keys(graph.nodes)),
    }));
}

/** The links that a node's values really come from. */
function liveInputs(graph: GraphDocument, nodeId: string, catalogue: NodeCatalogue) {
  const links = Object.entries(entryOf(graph.nodes, nodeId)?.inputs ?? {});
  const live = links.map(([name, link]) => [name, resolveLink(graph, catalogue, link)] as const);
  return live.filter((entry): entry is readonly [string, Link] => entry[1] !== undefined);
}

/** Everything the wanted nodes stand on, sources first; cycles are cut, validation reports them. */
function neededIds(
  graph: GraphDocument,
  wanted: readonly string[],
  catalogue: NodeCatalogue,
): string[] {
  const order: string[] = [];
  const entered = new Set<string>();
  const stack = wanted
    .filter((id) => Object.hasOwn(graph.nodes, id))
    .map((id) => ({ id, isLeaving: false }))
    .reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { id, isLeaving } = top;
    if (isLeaving) order.push(id);
    if (isLeaving || entered.has(id)) continue;
    entered.add(id);
    stack.push({ id, isLeaving: true });
    for (const [, link] of liveInputs(graph, id, catalogue).reverse()) {
      stack.push({ id: link.node, isLeaving: false });
    }
  }
  return order;
}

interface Demand {
  readonly wanted: readonly string[];
  /** Sources first. */
  readonly needed: readonly string[];
  readonly issues: readonly Issue[];
}

function demandOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  outputs: readonly string[] | undefined,
): Demand {
  const wanted = outputs ?? wantedByDefault(graph, catalogue);
  const needed = neededIds(graph, wanted, catalogue);
  const isNeeded = new Set(needed);
  const standsAgainst = ({ nodeId, code }: Issue): boolean =>
    nodeId === undefined || code === "graph.cycle" || isNeeded.has(nodeId);
  const issues = validateGraph(graph, catalogue).filter(standsAgainst);
  return { wanted, needed, issues: [...wantedIssues(graph, wanted), ...issues] };
}

/**
 * Everything that stands against a run; issues of nodes that it does not need do not.
 * @param outputs Ids of the wanted nodes. @default output nodes and graph outputs
 */
export function checkRun(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  outputs?: readonly string[],
): readonly Issue[] {
  return demandOf(graph, catalogue, outputs).issues;
}

/** Finds what has to run for some nodes; see `checkRun`. */
export function planRun(
  graph: GraphDocument,
  { nodes, catalogue }: Registry,
  outputs?: readonly string[],
): PlanResult {
  const { wanted, needed, issues } = demandOf(graph, catalogue, outputs);
  const [first, ...others] = issues;
  if (first !== undefined) return { issues: [first, ...others] };
  const steps: Step[] = [];
  for (const nodeId of needed) {
    const node = entryOf(graph.nodes, nodeId);
    const definition = nodes.get(node?.type ?? "");
    const spec = entryOf(catalogue, node?.type ?? "");
    if (node === undefined || definition === undefined || spec === undefined) continue;
    if (isOff(node)) continue;
    const inputs = Object.fromEntries(liveInputs(graph, nodeId, catalogue));
    steps.push({ nodeId, definition, settings: settingsOf(spec, node), inputs });
  }
  return { plan: { steps, wanted: new Set(wanted) }, issues: [] };
}
