import type { GraphDocument, GraphNode } from "@insightgraph/engine/graph";

/** Who judges. */
export interface JudgeChoice {
  readonly address: string;
  readonly model: string;
  /** Name of the environment variable that holds the key; empty for none. */
  readonly keyVariable: string;
}

/** What is scored, as params of `metric.benchmark`. */
export interface ScoringChoice {
  readonly params: Readonly<Record<string, string>>;
  readonly judge: JudgeChoice | undefined;
}

/** A graph that scores a folder of results, with its judge where there is one. */
export function scoringGraph({ params, judge }: ScoringChoice): GraphDocument {
  const score: GraphNode = { type: "metric.benchmark", version: 1, params };
  const outputs = {
    table: { node: "score", output: "table" },
    report: { node: "score", output: "report" },
  };
  const base = { format: "insightgraph", version: 1, name: "Score a benchmark" } as const;
  if (judge === undefined) return { ...base, nodes: { score }, outputs };
  const endpoint: GraphNode = { type: "model.chat-endpoint", version: 1, params: { ...judge } };
  const inputs = { judge: { node: "judge", output: "endpoint" } };
  return { ...base, nodes: { judge: endpoint, score: { ...score, inputs } }, outputs };
}
