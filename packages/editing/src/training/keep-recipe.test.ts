import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepRecipe, readRecipe } from "./keep-recipe.ts";
import { defaultRecipe, lossWeightsOf, scheduleOf } from "./recipe.ts";
import { openTrainingFolder, type TrainingFolder } from "./training-folder.ts";

const { steps, ...kept } = defaultRecipe;
let path = "";
let folder: TrainingFolder;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "recipe-"));
  folder = await openTrainingFolder(path);
});
afterEach(() => rm(path, { recursive: true }));

const write = (recipe: object): Promise<void> =>
  folder.writeText("recipe.json", JSON.stringify(recipe));

test("a folder keeps all that its run stands on, but for the steps", async () => {
  await keepRecipe(folder, defaultRecipe);
  expect(await readRecipe(folder)).toEqual(kept);
  await keepRecipe(folder, { ...defaultRecipe, steps: { ...steps, editing: 99 } });
});

test.each([
  ["optimizer", { optimizer: { ...kept.optimizer, weightDecay: 0.1 } }],
  ["stages", { stages: { ...kept.stages, vision: { ...kept.stages.vision, rate: 1 } } }],
  ["maskWeight", { maskWeight: 1 }],
  ["average", { average: { ...kept.average, every: 1 } }],
  ["start", { start: "insightedit-mini" }],
])("a run with another %s is another run", async (name, changed) => {
  await keepRecipe(folder, defaultRecipe);
  await expect(keepRecipe(folder, { ...defaultRecipe, ...changed })).rejects.toMatchObject({
    code: "train.recipe",
    message: expect.stringContaining(`another ${name}`),
  });
});

test("an older recipe is read with what was a constant then", async () => {
  const { variant, batch, seed, network } = kept;
  await write({ variant, batch, seed, network });
  expect(await readRecipe(folder)).toEqual(kept);
  await keepRecipe(folder, defaultRecipe);
});

test("losses that a recipe leaves out count nothing", async () => {
  const { vision, alignment, editing } = kept.stages;
  const stages = { vision, alignment, editing: { ...editing, losses: { diffusion: 2 } } };
  await write({ ...kept, stages });
  expect((await readRecipe(folder)).stages.editing.losses).toEqual({ diffusion: 2 });
});

test.each([
  ["rates", { rates: {} }],
  ["optimizer.beta3", { optimizer: { beta3: 1 } }],
  ["stages.vision.cooldown", { stages: { vision: { cooldown: 1 } } }],
  ["stages.editing.losses.diffusoin", { stages: { editing: { losses: { diffusoin: 1 } } } }],
])("the unknown name %s is refused", async (name, changed) => {
  await write({ ...kept, ...changed });
  await expect(readRecipe(folder)).rejects.toMatchObject({
    code: "train.recipe",
    message: expect.stringContaining(`"${name}"`),
  });
});

test("what is not a recipe is refused", async () => {
  await expect(readRecipe(folder)).rejects.toThrow("no training was begun");
  await write({ batch: 1 });
  await expect(readRecipe(folder)).rejects.toThrow("is not a recipe");
  await folder.writeText("recipe.json", "{");
  await expect(readRecipe(folder)).rejects.toThrow("is not a recipe");
});

test("a variant does not train what it lacks", () => {
  const whole = lossWeightsOf("editing", defaultRecipe);
  expect(whole).toEqual(kept.stages.editing.losses);
  const plain = lossWeightsOf("editing", { ...defaultRecipe, variant: "no-bim" });
  expect(Object.keys(plain)).toEqual(["align", "diffusion"]);
  expect(lossWeightsOf("editing", { ...defaultRecipe, variant: "no-iaa" })["align"]).toBe(0);
  const bare = lossWeightsOf("editing", { ...defaultRecipe, variant: "q-former" });
  expect(bare).toEqual({ align: 0, diffusion: 1 });
});

test("the rate falls over a share of the steps, at least the last", () => {
  expect(scheduleOf("editing", defaultRecipe)).toEqual({
    steps: 10_000,
    rate: 9e-4,
    warmUp: 200,
    coolDown: 3500,
  });
  const brief = { ...defaultRecipe, steps: { ...steps, editing: 1 } };
  expect(scheduleOf("editing", brief).coolDown).toBe(1);
});
