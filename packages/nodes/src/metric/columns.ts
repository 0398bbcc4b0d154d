import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

const column = (place: string) => listOf(number).optional(`Scores of the ${place} metric.`);

export const metricColumns = defineNode({
  type: "metric.columns",
  version: 1,
  title: "Scores as CSV",
  doc: "Up to eight lists of scores side by side, an item a line; a missing score (NaN) is an empty cell.",
  inputs: {
    a: column("first"),
    b: column("second"),
    c: column("third"),
    d: column("fourth"),
    e: column("fifth"),
    f: column("sixth"),
    g: column("seventh"),
    h: column("eighth"),
  },
  params: {
    names: param.text({
      default: "score",
      doc: "Names of the connected columns in their order, set apart by commas.",
    }),
  },
  outputs: { text: text("A line of names, then a line of numbers for each item.") },
  run({ a, b, c, d, e, f, g, h }, { names }) {
    const columns = [a, b, c, d, e, f, g, h].filter((scores) => scores !== undefined);
    const heads = names.split(",").map((name) => name.trim());
    if (heads.length !== columns.length) {
      throw inputError(`${heads.length} names do not fit ${columns.length} columns.`, {
        param: "names",
        hint: "Write one name for each connected list.",
      });
    }
    const length = columns[0]?.length ?? 0;
    const uneven = columns.findIndex((scores) => scores.length !== length);
    if (uneven >= 0) {
      throw inputError(`"${heads[uneven]}" has ${columns[uneven]?.length} scores, not ${length}.`, {
        hint: "Connect scores of the same items.",
      });
    }
    const rows = Array.from({ length }, (_, item) => columns.map((scores) => cellOf(scores[item])));
    return { text: [heads, ...rows].map((cells) => `${cells.join(",")}\n`).join("") };
  },
});

function cellOf(score = Number.NaN): string {
  return Number.isNaN(score) ? "" : String(score);
}
