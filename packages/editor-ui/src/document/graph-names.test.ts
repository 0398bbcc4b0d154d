import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleCatalogue, exampleGraph } from "./example.fixture.ts";
import {
  namedParams,
  nameOfOutput,
  nameOfParam,
  toggleOutputName,
  toggleParamName,
} from "./graph-names.ts";

test("a graph asks for params by name, and for others on request", () => {
  expect(namedParams(exampleGraph, exampleCatalogue).map(({ label }) => label)).toEqual(["seed"]);
  const named = produce(exampleGraph, toggleParamName("sample", "steps"));
  expect(nameOfParam(named, "sample", "steps")).toBe("steps");
  const [, steps] = namedParams(named, exampleCatalogue);
  expect(steps).toMatchObject({ label: "steps", nodeId: "sample", spec: { kind: "integer" } });
  expect(produce(named, toggleParamName("sample", "steps"))).toEqual(exampleGraph);
});

test("two params of one name get two names", () => {
  const graph = produce(exampleGraph, (draft) => {
    draft.inputs = { steps: { node: "sample", param: "seed" } };
    toggleParamName("sample", "steps")(draft);
  });
  expect(nameOfParam(graph, "sample", "steps")).toBe("steps-2");
});

test("an output is given by name, or no longer", () => {
  const link = { node: "encode", output: "latent" };
  const named = produce(exampleGraph, toggleOutputName(link));
  expect(nameOfOutput(named, link)).toBe("latent");
  expect(produce(named, toggleOutputName(link))).toEqual(exampleGraph);
});
