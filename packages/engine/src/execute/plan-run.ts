import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import { sortDefinitions } from "../graph/definitions.ts";
import type { GraphDocument, Link } from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import type { PortType } from "../node/define-port.ts";
import { migrateGraph } from "../node/migrate-graph.ts";
import type { Registry } from "../node/registry.ts";
import { demandOf, type RunOrder } from "./demand.ts";
import { type Planner, planDefinition, type Unfolded, unfold } from "./plan-steps.ts";
import type { Step } from "./step.ts";

/** Something that a run is asked for: steps to run, and values to hand over. */
export interface Wanted {
  readonly steps: readonly string[];
  /** By output name. */
  readonly outputs: Readonly<Record<string, Link>>;
}

export interface RunPlan {
  /** By node id, each step after the steps it takes values from. */
  readonly steps: ReadonlyMap<string, Step>;
  /** By the id that was asked for. */
  readonly wanted: ReadonlyMap<string, Wanted>;
  readonly portTypes: ReadonlyMap<string, PortType>;
}

export type PlanResult =
  | { readonly plan: RunPlan; readonly issues: readonly [] }
  | { readonly plan?: undefined; readonly issues: readonly [Issue, ...Issue[]] };

/** Everything that stands against a run; issues of nodes that it does not need do not. */
export function checkRun(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  outputs?: readonly string[],
): readonly Issue[] {
  return demandOf(graph, catalogue, outputs === undefined ? {} : { outputs }).issues;
}

/** The id itself, or that of the node around it which runs as a whole. */
function runnableId(id: string, { steps }: Pick<Unfolded, "steps">): string {
  const end = id.lastIndexOf("/");
  return steps.has(id) || end < 0 ? id : runnableId(id.slice(0, end), { steps });
}

/** What lies behind an id that was asked for. */
function wantedOf(
  asked: string,
  graph: GraphDocument,
  { catalogue }: Planner,
  unfolded: Unfolded,
): Wanted {
  const id = runnableId(asked, unfolded);
  const step = unfolded.steps.get(id);
  const type = entryOf(graph.nodes, id)?.type ?? "";
  const names = Object.keys(step?.own ?? entryOf(catalogue, type)?.outputs ?? {});
  const outputs: [string, Link][] = [];
  for (const output of names) {
    const own: Link = { node: id, output };
    const link = resolveLink(graph, catalogue, own) ?? own;
    const source = unfolded.outputs.get(`${link.node}/${link.output}`) ?? link;
    if (unfolded.steps.has(source.node)) outputs.push([output, source]);
  }
  const sources = outputs.map(([, link]) => link.node);
  const steps = step === undefined ? [...sources, ...(unfolded.effects.get(id) ?? [])] : [id];
  return { steps: [...new Set(steps)], outputs: Object.fromEntries(outputs) };
}

/** Finds what has to run; see `checkRun`. Nodes of older versions are brought up to theirs first. */
export function planRun(
  document: GraphDocument,
  { nodes, catalogue: plain, portTypes }: Registry,
  order: RunOrder = {},
): PlanResult {
  const graph = migrateGraph(document, nodes);
  const { catalogue, wanted, needed, definitions, typing, issues } = demandOf(graph, plain, order);
  const [first, ...others] = issues;
  if (first !== undefined) return { issues: [first, ...others] };
  const planner: Planner = { nodes, catalogue, planned: new Map() };
  for (const name of sortDefinitions(graph).order) {
    const definition = definitions.has(name) ? entryOf(graph.graphs, name) : undefined;
    if (definition !== undefined) planner.planned.set(name, planDefinition(definition, planner));
  }
  const unfolded = unfold(graph, needed, planner, typing);
  const asked = wanted.map((id) => [id, wantedOf(id, graph, planner, unfolded)] as const);
  return { plan: { steps: unfolded.steps, wanted: new Map(asked), portTypes }, issues: [] };
}
