import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ablation, AblationAxis } from "./document.ts";
import { baselineOf, countCells, expandAxes } from "./expand-axes.ts";

const axis = (name: string, ...variants: readonly string[]): AblationAxis => ({
  name,
  variants: variants.map((variant) => ({
    name: variant,
    changes: [{ node: name, params: { value: variant } }],
  })),
});
const module = axis("module", "full", "no-iaa");
const steps = axis("steps", "1", "2", "4");
const namesOf = (ablation: Ablation) => expandAxes(ablation).map(({ name }) => name);

test("[X1] a product takes every variant with every other, the last axis fastest", () => {
  const names = ["full, 1", "full, 2", "full, 4", "no-iaa, 1", "no-iaa, 2", "no-iaa, 4"];
  expect(namesOf({ axes: [module, steps] })).toEqual(names);
  const [, second] = expandAxes({ axes: [module, steps], combine: "product" });
  expect(second).toEqual({
    name: "full, 2",
    choice: { module: "full", steps: "2" },
    changes: [
      { node: "module", params: { value: "full" } },
      { node: "steps", params: { value: "2" } },
    ],
  });
});

test("[X1] zip walks equally long axes together", () => {
  const seeds = axis("seed", "a", "b");
  expect(namesOf({ axes: [module, seeds], combine: "zip" })).toEqual(["full, a", "no-iaa, b"]);
  expect(() => expandAxes({ axes: [module, steps], combine: "zip" })).toThrow(
    '"module" has 2 variants and "steps" 3',
  );
});

test("[X1] an exclusion leaves out the cells that have all of its variants", () => {
  const exclude = [{ module: "no-iaa", steps: "2" }, { steps: "4" }];
  expect(namesOf({ axes: [module, steps], exclude })).toEqual(["full, 1", "full, 2", "no-iaa, 1"]);
});

test("[X1] as many cells as there are tuples, none twice, whatever the axes", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(lengths, (counts) => {
      const axes = counts.map((count, at) => {
        return axis(`a${at}`, ...Array.from({ length: count }, (_, v) => `v${v}`));
      });
      const names = namesOf({ axes });
      expect(names.length).toBe(counts.reduce((all, n) => all * n, 1));
      expect(new Set(names).size).toBe(names.length);
      expect(countCells({ axes })).toBe(names.length);
    }),
  );
});

test("[X2] wrong axes are refused with their place", () => {
  const refusals: readonly (readonly [Ablation, string, string])[] = [
    [{ axes: [] }, "ablation.axes", "there is no axis"],
    [{ axes: [module, module] }, "ablation.axes", 'two axes are called "module"'],
    [{ axes: [axis("a")] }, "ablation.axes.0.variants", '"a" has no variants'],
    [{ axes: [axis("a", "x", "x")] }, "ablation.axes.0.variants", "two variants"],
    [{ axes: [module], exclude: [{ steps: "1" }] }, "ablation.exclude.0", 'no axis "steps"'],
    [{ axes: [module], exclude: [{ module: "ful" }] }, "ablation.exclude.0", 'no variant "ful"'],
    [{ axes: [module], baseline: { module: "x" } }, "ablation.baseline", 'no variant "x"'],
    [{ axes: [module], exclude: [{}] }, "ablation.exclude", "every cell is excluded"],
  ];
  for (const [ablation, path, what] of refusals) {
    const code = { code: "graph.ablation", at: { path }, what: expect.stringContaining(what) };
    expect(() => expandAxes(ablation)).toThrow(expect.objectContaining(code));
  }
});

test("[X2] millions of cells are counted and never listed", () => {
  const wide = axis("a", ...Array.from({ length: 2000 }, (_, at) => `${at}`));
  const axes = [wide, { ...wide, name: "b" }];
  expect(countCells({ axes })).toBe(4_000_000);
  expect(() => expandAxes({ axes })).toThrow("the axes have 4000000 cells");
});

test("the baseline is the chosen cell, else the first", () => {
  const cells = expandAxes({ axes: [module, steps] });
  const nameFor = (baseline: Ablation["baseline"]): string =>
    baselineOf({ axes: [module, steps], ...(baseline && { baseline }) }, cells).name;
  expect(nameFor(undefined)).toBe("full, 1");
  expect(nameFor({ module: "no-iaa" })).toBe("no-iaa, 1");
  expect(() => baselineOf({ axes: [module], baseline: { module: "full" } }, [])).toThrow(
    "the baseline is excluded",
  );
});
