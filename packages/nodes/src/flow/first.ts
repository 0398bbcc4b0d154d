import { anyPort, defineRoute, inputError } from "@insightgraph/engine/node";

const value = anyPort("T");
const names = ["a", "b", "c", "d"] as const;

export const flowFirst = defineRoute({
  type: "flow.first",
  version: 1,
  title: "First there is",
  doc: "Hands on the first value that is connected and not muted; the others do not run.",
  inputs: {
    a: value.optional("Taken if it is there."),
    b: value.optional("Else this one."),
    c: value.optional("Else this one."),
    d: value.optional("Else this one."),
  },
  params: {},
  outputs: { value: value("The value taken.") },
  route(_, connected) {
    const name = names.find((each) => connected.has(each));
    if (name !== undefined) return { value: name };
    throw inputError("nothing is connected", { input: "a", hint: "Connect at least one value." });
  },
});
