import { checkGraph, type NodeCatalogue, stringifyGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { translateCatalogue } from "../messages/translate-catalogue.ts";
import { connect } from "./edits.ts";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import { foldNodes } from "./fold.ts";
import { editAt, newPort } from "./levels.ts";

/** The example's node types as the Chinese page has them: everything is described otherwise. */
const inChinese: NodeCatalogue = translateCatalogue(exampleCatalogue, {
  titleOf: () => "标题",
  docs: {
    byType: Object.fromEntries(
      Object.values(exampleCatalogue).map(({ type, inputs, params, outputs }) => [
        type,
        Object.fromEntries([
          ...["doc", ...Object.keys(inputs), ...Object.keys(params)].map((name) => [name, "说明"]),
          ...Object.keys(outputs).map((name) => [`>${name}`, "说明"]),
        ]),
      ]),
    ),
    shared: {},
  },
});

function foldAndAddPort(types: NodeCatalogue): string {
  const { catalogue, typing } = checkGraph(exampleGraph, types);
  const { edit, id } = foldNodes(exampleGraph, catalogue, typing, ["sample", "decode"], "Part");
  const folded = produce(exampleGraph, edit);
  const known = checkGraph(folded, types).catalogue;
  const plus = { node: "$inputs", output: newPort };
  const make = (input: string) => editAt([id], connect(plus, { node: "sample", input }), known);
  return stringifyGraph(produce(produce(folded, make("hint")), make("seed")));
}

test("a subgraph is described alike in whichever language of the page it is made", () => {
  const made = foldAndAddPort(inChinese);
  expect(made).toBe(foldAndAddPort(exampleCatalogue));
  expect(made).toContain('"hint"');
});
