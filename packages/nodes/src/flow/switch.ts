import { anyPort, defineRoute, param } from "@insightgraph/engine/node";

const value = anyPort("T");
const names = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;

export const flowSwitch = defineRoute({
  type: "flow.switch",
  version: 1,
  title: "Switch",
  doc: "Passes on one of up to eight values of any type. The others are not computed.",
  inputs: {
    a: value.optional("Value for index 0."),
    b: value.optional("Value for index 1."),
    c: value.optional("Value for index 2."),
    d: value.optional("Value for index 3."),
    e: value.optional("Value for index 4."),
    f: value.optional("Value for index 5."),
    g: value.optional("Value for index 6."),
    h: value.optional("Value for index 7."),
  },
  params: {
    index: param.integer({
      default: 0,
      min: 0,
      max: 7,
      doc: "Input to pass on: 0 is a, 1 is b, and so on.",
    }),
  },
  outputs: { value: value("The selected value.") },
  route: ({ index }) => ({ value: names[index] ?? "a" }),
});
