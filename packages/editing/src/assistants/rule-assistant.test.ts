import { expect, test } from "vitest";
import type { Detector } from "../architectures/detector.ts";
import type { AssistantRun } from "./assistant.ts";
import { objectClues } from "./object-clues.ts";
import { createRuleAssistant } from "./rule-assistant.ts";

const box = { left: 0, top: 0, right: 10, bottom: 10 };
const picture = { width: 20, height: 20, channels: 3, data: new Uint8Array(1200) } as const;
const run: AssistantRun = {
  signal: new AbortController().signal,
  log: () => undefined,
  open: () => Promise.reject(new Error("no model is needed")),
};

/** Sees what it is told to. */
function seeing(...labels: readonly string[]): Detector {
  return {
    labels: Object.keys(objectClues),
    detect: async () => labels.map((label) => ({ label, score: 1, box })),
  };
}

const rules = createRuleAssistant(seeing());

test.each([
  [["cup"], "A photograph of a cup."],
  [["cup", "orange", "cup"], "A photograph of two cups and an orange."],
  [
    ["person", "knife", "person", "knife", "bus"],
    "A photograph of two people, two knives and a bus.",
  ],
  [Array(12).fill("couch"), "A photograph of many couches."],
  [["scissors"], "A photograph of some scissors."],
  [[], "A photograph without any known object."],
])("captions %j", async (labels, caption) => {
  expect(await createRuleAssistant(seeing(...labels)).caption?.(picture, run)).toBe(caption);
});

test("reads its own captions, and those of others", async () => {
  const names = async (caption: string) =>
    (await rules.extractObjects?.(caption, run))?.map(({ name }) => name);
  expect(await names("A photograph of two people, two knives and a bus.")).toEqual([
    "person",
    "knife",
    "bus",
  ]);
  expect(await names("A small puppy is sleeping on the red couch. The puppy looks tired.")).toEqual(
    ["dog", "couch"],
  );
  expect(await names("A photograph without any known object.")).toEqual([]);
  expect(await names("")).toEqual([]);
});

test("objects to what is worn and to what carries other things", async () => {
  const objection = (category: string) =>
    rules.objectionTo?.({ category, name: category, description: "" }, "", run);
  expect(await objection("tie")).toContain("worn");
  expect(await objection("dining table")).toContain("stand on it");
  expect(await objection("cup")).toBeUndefined();
});

test("proposes another kind of the same sort, always the same one", async () => {
  const propose = (label: string) =>
    rules.proposeReplacement?.(picture, { label, score: 1, box }, run);
  const first = await propose("cup");
  expect(first?.name).toBe("bowl");
  expect(await propose("cup")).toEqual(first);
  await expect(propose("person")).rejects.toMatchObject({ argument: "object" });
});

test("cannot judge, and says so by having no such ability", () => {
  expect(rules.judge).toBeUndefined();
});
