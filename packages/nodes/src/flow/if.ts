import { anyPort, defineRoute, param } from "@insightgraph/engine/node";

const value = anyPort("T");

export const flowIf = defineRoute({
  type: "flow.if",
  version: 1,
  title: "If",
  doc: "Hands on one of two values of any kind; what stands before the other does not run.",
  inputs: { yes: value.optional("Taken if it is so."), no: value.optional("Taken if not.") },
  params: { condition: param.boolean({ default: true, doc: "Which of the two to take." }) },
  outputs: { value: value("The value taken.") },
  route: ({ condition }) => ({ value: condition ? "yes" : "no" }),
});
