import { parseInstruction } from "@insightgraph/editing/photographs";
import { defineNode, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

/** Their order is that of `flow.switch` in graphs. */
const operations = ["remove", "recolour", "background"] as const;

export const dataParseInstruction = defineNode({
  type: "data.parse-instruction",
  version: 1,
  title: "Parse instruction",
  doc: "Reads an instruction by a small grammar: what to do, and to which object.",
  inputs: {},
  params: {
    instruction: param.text({
      default: "remove the dog",
      doc: "What to do, such as: remove the dog; make the car blue; blur the background.",
    }),
  },
  outputs: {
    operation: number("0 removes, 1 recolours, 2 changes the background."),
    kind: text("Object in the instruction's words; empty where none is named."),
    all: boolean("Whether all such objects are meant."),
    colour: text("New colour as #rrggbb; empty where none is named."),
    background: text("What happens to the background: blur, grey or colour."),
  },
  run(_, { instruction }) {
    const { operation, object, isAll, colour, background } = parseInstruction(instruction);
    const index = operations.indexOf(operation);
    return { operation: index, kind: object, all: isAll, colour, background };
  },
});
