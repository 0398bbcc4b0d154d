import { anyPort, defineNode, inputError, listOf } from "@insightgraph/engine/node";

const [a, b] = [anyPort("A"), anyPort("B")];
const most = 1_000_000;

export const listCross = defineNode({
  type: "list.cross",
  version: 1,
  title: "Every pair",
  doc: "Pairs every item of one list with every item of another: for sweeps over two settings.",
  inputs: { a: listOf(a)("Rows of the sweep."), b: listOf(b)("Columns of the sweep.") },
  params: {},
  outputs: {
    a: listOf(a)("For each pair the item of a; it changes slowly."),
    b: listOf(b)("For each pair the item of b; it changes quickly."),
  },
  run({ a: rows, b: columns }) {
    if (rows.length * columns.length > most) {
      throw inputError(`${rows.length} x ${columns.length} pairs are too many`, {
        input: "a",
        hint: `Keep them under ${most}.`,
      });
    }
    return {
      a: rows.flatMap((row) => columns.map(() => row)),
      b: rows.flatMap(() => columns),
    };
  },
});
