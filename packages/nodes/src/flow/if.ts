import { anyPort, defineRoute, param } from "@insightgraph/engine/node";

const value = anyPort("T");

export const flowIf = defineRoute({
  type: "flow.if",
  version: 1,
  title: "If",
  doc: "Passes on one of two values of any type. The other one is not computed.",
  inputs: {
    yes: value.optional("Value if the condition is true."),
    no: value.optional("Value if the condition is false."),
  },
  params: { condition: param.boolean({ default: true, doc: "On: take yes. Off: take no." }) },
  outputs: { value: value("The selected value.") },
  route: ({ condition }) => ({ value: condition ? "yes" : "no" }),
});
