import { anyPort, defineRoute, inputError } from "@insightgraph/engine/node";

const value = anyPort("T");
const names = ["a", "b", "c", "d"] as const;

export const flowFirst = defineRoute({
  type: "flow.first",
  version: 1,
  title: "First available",
  doc: "Passes on the first input that is connected and not muted. The others are not computed.",
  inputs: {
    a: value.optional("First choice."),
    b: value.optional("Second choice."),
    c: value.optional("Third choice."),
    d: value.optional("Fourth choice."),
  },
  params: {},
  outputs: { value: value("The selected value.") },
  route(_, connected) {
    const name = names.find((each) => connected.has(each));
    if (name !== undefined) return { value: name };
    throw inputError("no input is connected", { input: "a", hint: "Connect at least one value." });
  },
});
