import { anyPort, defineNode, inputError, listOf } from "@insightgraph/engine/node";

const [a, b] = [anyPort("A"), anyPort("B")];
const maxPairs = 1_000_000;

export const listCross = defineNode({
  type: "list.cross",
  version: 1,
  title: "All pairs",
  doc: "Pairs every item of one list with every item of another, for sweeps over two settings.",
  inputs: { a: listOf(a)("Rows of the sweep."), b: listOf(b)("Columns of the sweep.") },
  params: {},
  outputs: {
    a: listOf(a)("Item of a in each pair; varies slowest."),
    b: listOf(b)("Item of b in each pair; varies fastest."),
  },
  run({ a: rows, b: columns }) {
    if (rows.length * columns.length > maxPairs) {
      throw inputError(`${rows.length} x ${columns.length} pairs exceed the limit of ${maxPairs}`, {
        input: "a",
        hint: `Shorten one of the lists.`,
      });
    }
    return {
      a: rows.flatMap((row) => columns.map(() => row)),
      b: rows.flatMap(() => columns),
    };
  },
});
