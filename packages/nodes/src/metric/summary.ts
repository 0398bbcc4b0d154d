import { showScore, summarizeScores } from "@insightgraph/editing/metrics";
import { defineNode, listOf } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";
import { bootstrapParams } from "./bootstrap-params.ts";

/** Source: Efron 1979, "Bootstrap methods: another look at the jackknife". */
export const metricSummary = defineNode({
  type: "metric.summary",
  version: 1,
  title: "Mean of scores",
  doc: "The mean of a list of scores with its 95 % interval; scores that are missing (NaN) are counted, not averaged.",
  inputs: { scores: listOf(number)("Scores of one metric, an item each.") },
  params: bootstrapParams,
  outputs: {
    text: text("Mean, interval and number of items in words."),
    mean: number("Mean of the scores that there are."),
    low: number("Lower end of the 95 % interval, by percentile bootstrap."),
    high: number("Upper end of the interval."),
    count: number("Items with a score."),
    holes: number("Items without one."),
  },
  run({ scores }, options) {
    const summary = summarizeScores(scores, options);
    const [mean, low, high] = [summary.mean, summary.low, summary.high].map(showScore);
    const holes = summary.holes === 0 ? "" : `, ${summary.holes} missing`;
    return { ...summary, text: `${mean} (${low} to ${high}), n = ${summary.count}${holes}` };
  },
});
