import { expect, test } from "vitest";
import { exampleCatalogue } from "./example.fixture.ts";
import { inputNames, inputPort } from "./input-names.ts";

const spec = exampleCatalogue["generation.sample"];
const link = { node: "number", output: "number" };

test("a param that a link feeds stands among the inputs, as an optional one", () => {
  const node = { type: "generation.sample", version: 1, inputs: { steps: link, later: link } };
  expect(inputNames(node, spec)).toEqual(["source", "hint", "steps"]);
  expect(inputPort(spec, "steps")).toEqual({ type: "number", doc: "Steps.", optional: true });
  expect(inputPort(spec, "steps")).toBe(inputPort(spec, "steps"));
  expect(inputPort(spec, "source")?.type).toBe("latent");
  expect(inputPort(spec, "later")).toBeUndefined();
});

test("a node of an unknown type shows the inputs that it has", () => {
  const node = { type: "no.such", version: 1, inputs: { any: link } };
  expect(inputNames(node, undefined)).toEqual(["any"]);
});
