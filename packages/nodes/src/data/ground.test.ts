import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { cup, logging, picture } from "./assistant.fixture.ts";
import { dataGround } from "./ground.ts";

const left = { ...cup, score: 0.6 };
const right = { ...cup, score: 0.8, box: { ...cup.box, left: 25, right: 35 } };
const table = {
  label: "dining table",
  score: 0.5,
  box: { left: 0, top: 0, right: 40, bottom: 30 },
};
const model = { labels: ["cup", "dining table", "dog"], detect: async () => [right, left, table] };
const named = (name: string, category = "") => ({ category, name, description: `A ${name}.` });
const params = { threshold: 0.35 };

test("gives each object a place of its own, under the caption's name", async () => {
  const { context, logged } = logging(plainRun);
  const objects = [
    named("white mug"),
    named("chipped thing", "cup"),
    named("third cup"),
    named("puppy"),
    named("unicorn"),
  ];
  const found = await dataGround.run({ image: picture, objects, model }, params, context);
  expect(found.objects).toEqual([
    { ...right, label: "white mug", description: "A white mug." },
    { ...left, label: "chipped thing", description: "A chipped thing." },
  ]);
  expect(found.others).toEqual([table]);
  // The cups stand on it.
  expect(found.avoid.data.includes(255)).toBe(false);
  expect(logged).toEqual([
    'Left out "third cup": no cup is seen.',
    'Left out "puppy": no dog is seen.',
    'Left out "unicorn": the detector does not know it.',
  ]);
});

test.each([[[named("puppy")], "no dog is seen"] as const, [[], "the list is empty"] as const])(
  "says where nothing is found",
  async (objects, what) => {
    await expect(
      shownBy(dataGround, () =>
        dataGround.run({ image: picture, objects, model }, params, plainRun),
      ),
    ).rejects.toMatchObject({
      code: "node.bad-input",
      what: expect.stringContaining(what),
      at: { path: "inputs.objects" },
    });
  },
);
