import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument, Link } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import type { PortType } from "../node/define-port.ts";
import { migrateGraph } from "../node/migrate-graph.ts";
import type { Registry } from "../node/registry.ts";
import { type PlannedSteps, type Planner, planSteps } from "./plan-steps.ts";
import { findNeeds, outerId, type RunRequest } from "./run-needs.ts";
import type { Step } from "./step.ts";

/** A node to run: its steps, and where its outputs come from. */
export interface Target {
  readonly steps: readonly string[];
  /** By output name. */
  readonly outputs: Readonly<Record<string, Link>>;
}

/** Everything `runPlan` needs to run a graph. */
export interface RunPlan {
  /** By node id, each step after the steps it takes values from. */
  readonly steps: ReadonlyMap<string, Step>;
  /** By the id that the caller named. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly portTypes: ReadonlyMap<string, PortType>;
}

/** A plan, or the issues that block the run. */
export type PlanResult =
  | { readonly plan: RunPlan; readonly issues: readonly [] }
  | { readonly plan?: undefined; readonly issues: readonly [Issue, ...Issue[]] };

/** All issues that block a run; nodes that it does not need cannot block it, even when invalid. */
export function checkRun(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  outputs?: readonly string[],
): readonly Issue[] {
  return findNeeds(graph, catalogue, outputs === undefined ? {} : { outputs }).issues;
}

/** The id itself, or that of the innermost node around it that runs as a whole. */
function runnableId(id: string, steps: ReadonlyMap<string, Step>): string {
  const end = id.lastIndexOf("/");
  return steps.has(id) || end < 0 ? id : runnableId(id.slice(0, end), steps);
}

function targetOf(
  requestedId: string,
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  planned: PlannedSteps,
): Target {
  const id = runnableId(requestedId, planned.steps);
  const step = planned.steps.get(id);
  const type = entryOf(graph.nodes, id)?.type ?? "";
  const names = Object.keys(step?.own ?? entryOf(catalogue, type)?.outputs ?? {});
  const outputs: [string, Link][] = [];
  for (const output of names) {
    const own: Link = { node: id, output };
    const link = resolveLink(graph, catalogue, own) ?? own;
    const source = planned.outputs.get(`${link.node}/${link.output}`) ?? link;
    if (planned.steps.has(source.node)) outputs.push([output, source]);
  }
  const sources = outputs.map(([, link]) => link.node);
  const steps = step === undefined ? [...sources, ...(planned.effects.get(id) ?? [])] : [id];
  return { steps: [...new Set(steps)], outputs: Object.fromEntries(outputs) };
}

/** Plans a run, or returns what blocks it; see `checkRun`. Older node versions are migrated first. */
export function planRun(
  document: GraphDocument,
  { nodes, catalogue: registered, portTypes }: Registry,
  request: RunRequest = {},
): PlanResult {
  const graph = migrateGraph(document, nodes);
  const needs = findNeeds(graph, registered, request);
  const [first, ...others] = needs.issues;
  if (first !== undefined) return { issues: [first, ...others] };
  const { catalogue } = needs;
  const planner: Planner = { nodes, catalogue, graphs: graph.graphs ?? {}, planned: new Map() };
  const connected = new Set(request.boundInputs);
  const { typing, needed } = needs;
  const targetIds = new Set(needs.targets.map((id) => outerId(id)));
  const isRequested = ({ node }: Link): boolean => targetIds.has(node);
  const planned = planSteps(graph, needed, planner, { typing, connected, isRequested });
  const targets = needs.targets.map((id) => [id, targetOf(id, graph, catalogue, planned)] as const);
  return { plan: { steps: planned.steps, targets: new Map(targets), portTypes }, issues: [] };
}
