import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const listNumbers = defineNode({
  type: "list.numbers",
  version: 1,
  title: "List of numbers",
  doc: "Numbers as they are written, such as 0.5, 1, 2.",
  inputs: {},
  params: {
    numbers: param.text({
      default: "1, 2, 3",
      multiline: true,
      maxLength: 1_000_000,
      doc: "The numbers, set apart by commas, spaces or lines.",
    }),
  },
  outputs: { numbers: listOf(number)("The numbers in their order.") },
  run: (_, { numbers }) => ({
    numbers: numbers
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(toNumber),
  }),
});

function toNumber(word: string): number {
  const value = Number(word);
  if (Number.isFinite(value)) return value;
  throw inputError(`"${word.slice(0, 60)}" is no number`, {
    param: "numbers",
    hint: "Write numbers such as 3, -1.5 or 1e3, with a point for decimals.",
  });
}
