import { defineNode, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

const least = { min: 0, max: 100, step: 0.5, default: 0 } as const;

export const dataFilter = defineNode({
  type: "data.filter",
  version: 1,
  title: "Filter pair",
  doc: "Accepts or rejects a pair by its checks and its scores, and says why.",
  inputs: {
    sc: number.optional("Semantic consistency. Omitted: not asked for."),
    pq: number.optional("Perceptual quality. Omitted: not asked for."),
    overall: number.optional("Overall score. Omitted: not asked for."),
  },
  params: {
    faults: param.text({
      default: "",
      multiline: true,
      doc: "What other checks found wrong, one line a fault; empty where nothing is.",
    }),
    leastSc: param.number({ ...least, doc: "Least semantic consistency." }),
    leastPq: param.number({ ...least, doc: "Least perceptual quality." }),
    leastOverall: param.number({ ...least, doc: "Least overall score." }),
  },
  outputs: {
    keep: boolean("Whether the pair is good enough."),
    reason: text("Why it is not; empty where it is."),
  },
  run({ sc, pq, overall }, { faults, leastSc, leastPq, leastOverall }) {
    const low = [
      ["SC", sc, leastSc],
      ["PQ", pq, leastPq],
      ["overall", overall, leastOverall],
    ] as const;
    const reasons = [
      ...faults.split("\n").filter((line) => line.trim() !== ""),
      ...low.flatMap(([name, score, limit]) =>
        score !== undefined && !(score >= limit)
          ? [`${name} ${Number(score.toFixed(3))} is below ${limit}`]
          : [],
      ),
    ];
    return { keep: reasons.length === 0, reason: reasons.join("; ") };
  },
});
