import type { Ablation } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { cellsOf, isExcluded, pinBaseline, toggleCell } from "./ablation-cells.ts";
import { addVariant } from "./add-variant.ts";
import {
  moveAxis,
  moveVariant,
  removeAxis,
  removeVariant,
  renameAxis,
  renameVariant,
} from "./axes.ts";
import { type AblationEdit, editAblation } from "./edit-ablation.ts";
import { exampleGraph } from "./example.fixture.ts";

const steps = (count: number) => ({
  axis: "steps",
  asItIs: { name: "steps 20", changes: [{ node: "sample", params: { steps: 20 } }] },
  name: `steps ${count}`,
  change: { node: "sample", params: { steps: count } },
});
const bypassed = {
  axis: "Encode",
  asItIs: { name: "with Encode" },
  name: "without Encode",
  change: { node: "encode", bypassed: true },
};

const after = (...edits: readonly AblationEdit[]): Ablation | undefined =>
  edits.reduce((graph, edit) => produce(graph, editAblation(edit)), exampleGraph).ablation;
const namesOf = (ablation: Ablation | undefined) =>
  ablation?.axes.map(({ name, variants }) => [name, variants.map((variant) => variant.name)]);

const two = [addVariant(steps(1)), addVariant(bypassed)] as const;

test("the first variant makes an axis with the graph as it is; others of the same setting join it", () => {
  const edits = [addVariant(steps(1)), addVariant(steps(4)), addVariant(steps(4))];
  expect(namesOf(after(...edits, addVariant(bypassed)))).toEqual([
    ["steps", ["steps 20", "steps 1", "steps 4"]],
    ["Encode", ["with Encode", "without Encode"]],
  ]);
  const muted = { ...bypassed, name: "Encode muted", change: { node: "encode", muted: true } };
  expect(namesOf(after(addVariant(bypassed), addVariant(muted)))).toEqual([
    ["Encode", ["with Encode", "without Encode", "Encode muted"]],
  ]);
});

test("a variant equal to the graph as it is stands alone, and taken names get a number", () => {
  expect(namesOf(after(addVariant(steps(20))))).toEqual([["steps", ["steps 20"]]]);
  const other = { ...steps(1), change: { node: "decode", params: { steps: 1 } } };
  expect(namesOf(after(addVariant(steps(1)), addVariant(other)))?.[1]?.[0]).toBe("steps 2");
});

test("renaming reaches exclusions and the baseline, and takes no name that is taken", () => {
  const choice = { steps: "steps 1", Encode: "without Encode" };
  const renamed = after(
    ...[...two, toggleCell(choice), pinBaseline({ ...choice, steps: "steps 20" })],
    ...[renameAxis(0, "denoising"), renameVariant(0, 1, "one"), renameVariant(0, 1, "steps 20")],
    renameAxis(0, "Encode"),
  );
  expect(renamed?.exclude).toEqual([{ denoising: "one", Encode: "without Encode" }]);
  expect(renamed?.baseline).toEqual({ denoising: "steps 20", Encode: "without Encode" });
});

test("what is removed takes exclusions and the baseline with it; the last axis takes all", () => {
  const choice = { steps: "steps 1", Encode: "without Encode" };
  const excluding = [...two, toggleCell(choice), pinBaseline(choice)];
  const left = after(...excluding, removeVariant(0, 1));
  expect(left).not.toHaveProperty("exclude");
  expect(left).not.toHaveProperty("baseline");
  expect(after(...excluding, removeAxis(0))?.exclude).toEqual([{ Encode: "without Encode" }]);
  expect(after(...excluding, removeAxis(0), removeVariant(0, 1), removeVariant(0, 0))).toBe(
    undefined,
  );
});

test("axes and variants move within their lists, not beyond them", () => {
  const moved = after(...two, moveAxis(1, -1), moveAxis(0, -1), moveVariant(1, 1, -1));
  expect(namesOf(moved)).toEqual([
    ["Encode", ["with Encode", "without Encode"]],
    ["steps", ["steps 1", "steps 20"]],
  ]);
});

test("a cell is left out and taken in again, also where an entry covers several cells", () => {
  const whole = after(...two);
  const wide: AblationEdit = (ablation) => ({ ...ablation, exclude: [{ steps: "steps 1" }] });
  const taken = after(...two, wide, toggleCell({ steps: "steps 1", Encode: "with Encode" }));
  const left = (ablation: Ablation | undefined) =>
    ablation === undefined
      ? []
      : cellsOf(ablation).filter(({ choice }) => !isExcluded(ablation, choice)).length;
  expect([left(whole), left(after(...two, wide)), left(taken)]).toEqual([4, 2, 3]);
  expect(taken?.exclude).toEqual([{ steps: "steps 1", Encode: "without Encode" }]);
});
