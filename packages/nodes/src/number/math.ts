import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

const operations = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
  remainder: (a: number, b: number) => a - b * Math.floor(a / b),
  power: (a: number, b: number) => a ** b,
  minimum: (a: number, b: number) => Math.min(a, b),
  maximum: (a: number, b: number) => Math.max(a, b),
} as const;

export const numberMath = defineNode({
  type: "number.math",
  version: 1,
  title: "Calculate",
  doc: "Computes a number from two, such as their sum.",
  inputs: { a: number("First number."), b: number("Second number.") },
  params: {
    operation: param.choice({
      // biome-ignore format: eight words in two lines
      options: [
        "add", "subtract", "multiply", "divide",
        "remainder", "power", "minimum", "maximum",
      ],
      default: "add",
      doc: "Operation on a and b. The remainder has the sign of b; power is a to the b.",
    }),
  },
  outputs: { number: number("The result.") },
  run({ a, b }, { operation }) {
    if ((operation === "divide" || operation === "remainder") && b === 0) {
      throw inputError(`${a} cannot be divided by zero`, {
        input: "b",
        hint: "Connect another number to b.",
      });
    }
    const result = operations[operation](a, b);
    if (!Number.isFinite(result)) {
      throw inputError(`"${operation}" of ${a} and ${b} is not a finite number`, {
        param: "operation",
        hint: "Use other numbers.",
      });
    }
    return { number: result };
  },
});
