import { stderr } from "node:process";
import type { VariantScores } from "@insightgraph/editing/metrics";
import { entryOf, type GraphDocument, namesHint } from "@insightgraph/engine/graph";
import type { Device } from "@insightgraph/engine/node";
import { loadEvaluation } from "../evaluation-graph.ts";
import { exitCodes } from "../exit-codes.ts";
import { usageError } from "../parse-arguments.ts";
import { fromCaller, graphsDir } from "../places.ts";
import { runInChild } from "../run-in-child.ts";
import { inputNames, withParam } from "../set-param.ts";
import type { Variant } from "./parse-variant.ts";
import { readScoreColumns } from "./score-columns.ts";

/** How variants run. */
export interface VariantOptions {
  /** How many scenes, as the caller wrote it. @default the graph's own number */
  readonly count: string | undefined;
  readonly device: Device;
  readonly isWithoutCache: boolean;
}

/** What came of the variants. */
export interface VariantOutcome {
  /** The exit code of the first that failed. */
  readonly code: number;
  /** Scores of those that did not; none after an interruption. */
  readonly scores: readonly VariantScores[];
}

/** A variant with graphs/ablate.json around the graph that edits. */
interface LoadedVariant extends Variant {
  readonly evaluation: GraphDocument;
}

async function loadVariant(variant: Variant): Promise<LoadedVariant> {
  const { name, graph, settings } = variant;
  const evaluation = await loadEvaluation("ablate.json", graph && fromCaller(graph));
  const known = inputNames(evaluation);
  const isOfNode = (input: string): boolean =>
    entryOf(evaluation.nodes, input.slice(0, input.lastIndexOf("."))) !== undefined;
  const unknown = settings.find(([input]) => !known.includes(input) && !isOfNode(input));
  if (unknown === undefined) return { ...variant, evaluation };
  const what = `--variant ${name}: the graph has no input "${unknown[0]}"`;
  throw usageError(what, `${namesHint(unknown[0], known)} NODE.PARAM sets a param of a node.`);
}

async function runVariant(
  { name, settings, evaluation }: LoadedVariant,
  { count, device, isWithoutCache }: VariantOptions,
): Promise<{ readonly code: number; readonly scores?: VariantScores }> {
  stderr.write(`variant ${name}\n`);
  const counts = count === undefined ? [] : [["count", count] as const];
  const { code, texts } = await runInChild({
    folder: graphsDir,
    device,
    isWithoutCache,
    isRecorded: false,
    printsTexts: false,
    prepare(catalogue) {
      let graph = evaluation;
      for (const pair of [...settings, ...counts]) {
        graph = withParam(graph, catalogue, pair.join("="));
      }
      return { graph };
    },
  });
  const text = texts["scores"];
  if (code !== exitCodes.done || text === undefined) return { code };
  return { code, scores: { variant: name, scores: readScoreColumns(text) } };
}

/**
 * Scores the variants in turn; a failed one is named and left out, an interruption ends all.
 * Throws: before anything runs, command.usage for inputs that a graph lacks, and what `loadGraph` throws.
 */
export async function runVariants(
  variants: readonly Variant[],
  options: VariantOptions,
): Promise<VariantOutcome> {
  const loaded = await Promise.all(variants.map(loadVariant));
  const found: VariantScores[] = [];
  let firstCode: number = exitCodes.done;
  for (const variant of loaded) {
    const { code, scores } = await runVariant(variant, options);
    if (code === exitCodes.interrupted) return { code, scores: [] };
    if (scores !== undefined) found.push(scores);
    else stderr.write(`variant ${variant.name} has no scores; the table lacks its row\n`);
    if (firstCode === exitCodes.done) firstCode = code;
  }
  return { code: firstCode, scores: found };
}
