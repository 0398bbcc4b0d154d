import { anyPort, defineRoute, param } from "@insightgraph/engine/node";

const value = anyPort("T");
const names = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;

export const flowSwitch = defineRoute({
  type: "flow.switch",
  version: 1,
  title: "Switch",
  doc: "Hands on one of up to eight values of any kind; what stands before the others does not run.",
  inputs: {
    a: value.optional("Number 0."),
    b: value.optional("Number 1."),
    c: value.optional("Number 2."),
    d: value.optional("Number 3."),
    e: value.optional("Number 4."),
    f: value.optional("Number 5."),
    g: value.optional("Number 6."),
    h: value.optional("Number 7."),
  },
  params: {
    index: param.integer({ default: 0, min: 0, max: 7, doc: "Which to take: 0 is a, 1 is b." }),
  },
  outputs: { value: value("The value taken.") },
  route: ({ index }) => ({ value: names[index] ?? "a" }),
});
