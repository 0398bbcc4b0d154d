import { expect, test } from "vitest";
import type { Detection, Detector } from "../architectures/detector.ts";
import { findObjects } from "./find-objects.ts";
import { painted } from "./small-scene.fixture.ts";

const square = (left: number, side: number) => ({ left, top: 0, right: left + side, bottom: side });
const detections: readonly Detection[] = [
  { label: "bus", score: 0.65, box: square(0, 10) },
  { label: "bus", score: 0.6, box: square(20, 40) },
  { label: "truck", score: 0.5, box: square(20, 39) },
  { label: "cup", score: 0.4, box: square(70, 5) },
  { label: "table", score: 0.4, box: square(0, 80) },
];
const detector: Detector = {
  labels: ["bus", "truck", "cup", "dog", "table"],
  detect: async (_, __, { labels }) =>
    detections.filter(({ label }) => labels?.includes(label) ?? true),
};
const opener = { open: () => Promise.reject(new Error("no network is needed")) };
const picture = painted(80, 40, () => [0, 0, 0]);
const find = (kind: string, isAll: boolean) =>
  findObjects(opener, detector, picture, { kind, isAll, threshold: 0.35 });

test("one object is the most salient of its kind, all are all", async () => {
  expect((await find("bus", false)).objects).toEqual([detections[1]]);
  expect((await find("bus", true)).objects).toEqual(detections.slice(0, 2));
});

test("others are what is left, without the same object seen as another kind and what it stands on", async () => {
  expect((await find("bus", false)).others).toEqual([detections[0], detections[3]]);
});

test("a phrase is one of the detector's kinds; its other words are said", async () => {
  const { objects, ignored } = await find("big red lorries", true);
  expect(objects).toEqual([detections[2]]);
  expect(ignored).toEqual(["big", "red"]);
});

test("a detector of any words is asked for the phrase as it is", async () => {
  const asked: (readonly string[] | undefined)[] = [];
  const open: Detector = {
    labels: undefined,
    detect: async (_, __, { labels }) => {
      asked.push(labels);
      return [{ label: "red balloon", score: 0.5, box: square(0, 10) }];
    },
  };
  const options = { kind: "Red balloon", isAll: true, threshold: 0.35 };
  const { objects, ignored } = await findObjects(opener, open, picture, options);
  expect([objects.length, ignored]).toEqual([1, []]);
  expect(asked.at(-1)).toEqual(["red balloon"]);
});

test("an unknown word is answered with the nearest ones", async () => {
  await expect(find("dgo", true)).rejects.toMatchObject({
    argument: "kind",
    what: 'the detector knows no "dgo".',
    hint: expect.stringMatching(/^The nearest words are .*dog/),
  });
});

test("an unknown kind and one that is not there are refused", async () => {
  await expect(find("unicorn", true)).rejects.toMatchObject({ argument: "kind" });
  await expect(find("dog", true)).rejects.toMatchObject({
    argument: "image",
    hint: expect.stringContaining("It finds bus, truck, cup, table."),
  });
});
