import {
  applyChanges,
  baselineOf,
  countCells,
  entryOf,
  expandAxes,
  type GraphDocument,
  type Issue,
  type NodeCatalogue,
  namesHint,
  validateAblation,
  validateGraph,
} from "@insightgraph/engine/graph";
import { loadEvaluation } from "../evaluation-graph.ts";
import { usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { inputNames, withParam } from "../set-param.ts";
import type { Cell } from "./cell.ts";
import type { Variant } from "./parse-variant.ts";

/** Cells, the baseline first, or everything that is wrong with them. */
export type PlannedCells =
  | { readonly cells: readonly Cell[]; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

/** More runs than this are begun only when somebody says so. */
export const mostUnasked = 10_000;

/** Throws: `command.usage` for a very large ablation that nobody confirmed. */
export function requireConfirmed(cells: number, items: number, isConfirmed: boolean): void {
  if (isConfirmed || cells * items <= mostUnasked) return;
  throw usageError(
    `${cells} cells on ${items} items are ${cells * items} runs`,
    "Add --yes if you mean it, or lower --count.",
  );
}

/**
 * The cells of a graph's own ablation.
 * @param items How many items each is to be scored on.
 * Throws: `command.usage` where the graph has no ablation, or a very large one that nobody confirmed.
 */
export function planAblation(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { items, isConfirmed }: { readonly items: number; readonly isConfirmed: boolean },
): PlannedCells {
  const { ablation, ...base } = graph;
  if (ablation === undefined) {
    throw usageError(
      "the graph has no variants, and none is given",
      'Write its "ablation" (docs/graph-format.md), or two --variant, the baseline first.',
    );
  }
  requireConfirmed(countCells(ablation), items, isConfirmed);
  const issues = [...validateGraph(graph, catalogue), ...validateAblation(graph, catalogue)];
  if (issues.length > 0) return { issues };
  const all = expandAxes(ablation);
  const baseline = baselineOf(ablation, all);
  const ordered = [baseline, ...all.filter((cell) => cell !== baseline)];
  const cells = ordered.map(({ name, changes }) => {
    return { name, graph: applyChanges(base, catalogue, changes) };
  });
  return { cells };
}

/** Inputs that a variant sets must be there. Throws: `command.usage`. */
function requireInputs({ name, settings }: Variant, graph: GraphDocument): void {
  const known = inputNames(graph);
  const isOfNode = (input: string): boolean =>
    entryOf(graph.nodes, input.slice(0, input.lastIndexOf("."))) !== undefined;
  const unknown = settings.find(([input]) => !known.includes(input) && !isOfNode(input));
  if (unknown === undefined) return;
  const what = `--variant ${name}: the graph has no input "${unknown[0]}"`;
  throw usageError(what, `${namesHint(unknown[0], known)} NODE.PARAM sets a param of a node.`);
}

/**
 * The cells of variants that were given by their inputs.
 * Throws: `command.usage` for inputs that a graph lacks, and what `loadGraph` throws.
 */
export async function planVariants(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  variants: readonly Variant[],
): Promise<PlannedCells> {
  const { ablation: _, ...plain } = graph;
  const cells: Cell[] = [];
  const issues: Issue[] = [];
  for (const variant of variants) {
    const { name, graph: file, settings } = variant;
    const base = file === undefined ? plain : await loadEvaluation("ablate.json", fromCaller(file));
    requireInputs(variant, base);
    const set = settings.reduce(
      (changed, pair) => withParam(changed, catalogue, pair.join("=")),
      base,
    );
    const found = validateGraph(set, catalogue);
    issues.push(...found.map((issue) => ({ ...issue, what: `variant ${name}: ${issue.what}` })));
    cells.push({ name, graph: set });
  }
  return issues.length > 0 ? { issues } : { cells };
}
