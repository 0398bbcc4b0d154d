import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import type { GraphDocument, Link } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import { settingsOf } from "../graph/settings.ts";
import type { PortType } from "../node/define-port.ts";
import { migrateGraph } from "../node/migrate-graph.ts";
import type { Registry } from "../node/registry.ts";
import { type PlannedSteps, type Planner, planSteps } from "./plan-steps.ts";
import { createRecall, maxKeptNodes, type Recalled } from "./recall.ts";
import { findNeeds, outerId, type RunRequest } from "./run-needs.ts";
import { isStepGraph, type Step } from "./step.ts";

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

const checkedRuns = createRecall<readonly []>();

/** All issues that block a run; nodes that it does not need cannot block it, even when invalid. */
export function checkRun(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  outputs?: readonly string[],
): readonly Issue[] {
  const request = outputs === undefined ? {} : { outputs };
  const asked = { graph, request };
  const known = checkedRuns.find(catalogue, asked, catalogue);
  if (known !== undefined) return known.found;
  const { issues } = findNeeds(graph, catalogue, request);
  if (issues.length === 0) checkedRuns.keep(catalogue, asked, []);
  return issues;
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

const plannedRuns = createRecall<RunPlan>();

/** The plan of a graph that differs from a planned one in nothing but the params of some nodes. */
function withParams(
  plan: RunPlan,
  changed: Recalled<RunPlan>["changed"],
  catalogue: NodeCatalogue,
): RunPlan {
  const steps = new Map(plan.steps);
  for (const [id, node] of changed) {
    const [step, spec] = [steps.get(id), entryOf(catalogue, node.type)];
    if (step === undefined || spec === undefined) continue;
    steps.set(id, { ...step, settings: settingsOf(spec, node) });
  }
  return { ...plan, steps };
}

/** With those of subgraphs that run for each item. */
function countSteps(steps: RunPlan["steps"]): number {
  let count = 0;
  for (const { task } of steps.values()) count += isStepGraph(task) ? countSteps(task.steps) : 1;
  return count;
}

/** Plans a run, or returns what blocks it; see `checkRun`. Older node versions are migrated first. */
export function planRun(
  document: GraphDocument,
  registry: Registry,
  request: RunRequest = {},
): PlanResult {
  const { catalogue } = registry;
  const asked = { graph: document, request };
  const known = plannedRuns.find(registry, asked, catalogue);
  if (known !== undefined) {
    return { plan: withParams(known.found, known.changed, catalogue), issues: [] };
  }
  const graph = migrateGraph(document, registry.nodes);
  const result = planAnew(graph, registry, request);
  const { plan } = result;
  // A migration may turn one value into another; subgraphs that use each other make many steps of few nodes.
  if (plan !== undefined && graph === document && countSteps(plan.steps) <= maxKeptNodes) {
    plannedRuns.keep(registry, asked, plan);
  }
  return result;
}

function planAnew(
  graph: GraphDocument,
  { nodes, catalogue: registered, portTypes }: Registry,
  request: RunRequest,
): PlanResult {
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
