import { defineNode, inputError, listOf, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const listNumbers = defineNode({
  type: "list.numbers",
  version: 1,
  title: "List of numbers",
  doc: "List of numbers, such as 0.5, 1, 2.",
  inputs: {},
  params: {
    numbers: param.text({
      default: "1, 2, 3",
      multiline: true,
      maxLength: 1_000_000,
      doc: "Numbers separated by commas, spaces or line breaks.",
    }),
  },
  outputs: { numbers: listOf(number)("The numbers, in order.") },
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
  throw inputError(`"${word.slice(0, 60)}" is not a number`, {
    param: "numbers",
    hint: "Write numbers such as 3, -1.5 or 1e3, with a point for decimals.",
  });
}
