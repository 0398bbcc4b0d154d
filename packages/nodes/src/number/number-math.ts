import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { number } from "../port-types.ts";

const operations = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
} as const;

export const numberMath = defineNode({
  type: "number.math",
  version: 1,
  title: "Calculate",
  doc: "Adds, subtracts, multiplies or divides two numbers.",
  inputs: { a: number("First number."), b: number("Second number.") },
  params: {
    operation: param.choice({
      options: ["add", "subtract", "multiply", "divide"],
      default: "add",
      doc: "What to do with them: a + b, a - b, a * b or a / b.",
    }),
  },
  outputs: { number: number("The result.") },
  run({ a, b }, { operation }) {
    if (operation === "divide" && b === 0) {
      throw inputError(`${a} cannot be divided by zero`, {
        input: "b",
        hint: "connect another number to b.",
      });
    }
    const result = operations[operation](a, b);
    if (!Number.isFinite(result)) {
      throw inputError(`the result of ${a} and ${b} is too large for a number`, {
        param: "operation",
        hint: "use smaller numbers.",
      });
    }
    return { number: result };
  },
});
