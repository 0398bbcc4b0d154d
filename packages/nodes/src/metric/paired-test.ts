import { comparePaired, pairedTests, showScore } from "@insightgraph/editing/metrics";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";
import { bootstrapParams } from "./bootstrap-params.ts";

/** Source: Wilcoxon 1945; McNemar 1947. */
export const metricPairedTest = defineNode({
  type: "metric.paired-test",
  version: 1,
  title: "Paired test",
  doc: "Compares the scores of a variant with those of a baseline on the same items; items that lack one of the two are dropped.",
  inputs: {
    scores: listOf(number)("Scores of the variant, an item each."),
    baseline: listOf(number)("Scores of the baseline on the same items."),
  },
  params: {
    test: param.choice({
      options: pairedTests,
      default: "wilcoxon",
      doc: "Wilcoxon's signed-rank test for scores; McNemar's exact test for successes (1) and failures (0).",
    }),
    ...bootstrapParams,
  },
  outputs: {
    text: text("Difference, interval and p-value in words."),
    difference: number("Mean of the variant's scores less the baseline's."),
    low: number("Lower end of the difference's 95 % interval, by paired bootstrap."),
    high: number("Upper end of the interval."),
    pValue: number("Two-sided p-value, not corrected for several comparisons."),
    pairs: number("Items with both scores."),
    dropped: number("Items that lack one."),
  },
  run({ scores, baseline }, options) {
    const { mean: difference, ...found } = comparePaired(scores, baseline, options);
    const [mean, low, high, p] = [difference, found.low, found.high, found.pValue].map(showScore);
    const dropped = found.dropped === 0 ? "" : `, ${found.dropped} dropped`;
    const text = `${mean} (${low} to ${high}), p = ${p}, n = ${found.pairs}${dropped}`;
    return { ...found, difference, text };
  },
});
