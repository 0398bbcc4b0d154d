import { expect, test } from "vitest";
import type { Detection } from "../architectures/detector.ts";
import { maskOfBoxes } from "../pictures/mask-box.ts";
import type { Picture } from "../pictures/picture.ts";
import type { PairFacts, PairOperation } from "./assistant.ts";
import { recaptionFaults } from "./checked-recaption.ts";
import { objectClues } from "./object-clues.ts";
import { ruleRecaption } from "./rule-recaption.ts";

const size = { width: 90, height: 60 };
const box = (left: number, top: number, right: number, bottom: number) => ({
  left,
  top,
  right,
  bottom,
});
const object = (label: string, place: Detection["box"]): Detection => ({
  label,
  score: 1,
  box: place,
});

/** Grey, with a rectangle of each colour. */
function scene(...parts: readonly (readonly [Detection["box"], readonly number[]])[]): Picture {
  const data = new Uint8Array(3 * size.width * size.height).fill(128);
  for (const [{ left, top, right, bottom }, colour] of parts) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) data.set(colour, 3 * (y * size.width + x));
    }
  }
  return { ...size, channels: 3, data };
}

const red = [200, 20, 20];
const blue = [20, 60, 200];
const cup = object("cup", box(5, 25, 15, 35));
const spoon = object("spoon", box(60, 25, 85, 35));
const empty = scene();

function recaption(
  operation: PairOperation,
  picture: Picture,
  others: readonly Detection[],
  subject: Detection = cup,
) {
  const [source, target] = operation === "add" ? [empty, picture] : [picture, empty];
  const facts: PairFacts = {
    ...{ source, target, operation, object: subject, others, instruction: "" },
    mask: maskOfBoxes(size, [subject.box]),
    replacement: operation === "replace" ? "lamp" : "",
  };
  return ruleRecaption(facts);
}

test("points by colour and relation where both tell the object", () => {
  const picture = scene([cup.box, red], [spoon.box, blue]);
  expect(recaption("remove", picture, [spoon])).toEqual({
    understanding: "remove the red object left of the spoon",
    reasoning: "find what a hot drink is served in and take it away",
  });
  expect(recaption("add", picture, [spoon])).toEqual({
    understanding: "add a red object left of the spoon",
    reasoning: "left of the spoon, add what a hot drink is served in",
  });
  expect(recaption("replace", picture, [spoon])).toEqual({
    understanding: "replace the red object left of the spoon with a lamp",
    reasoning: "find what a hot drink is served in and put a lamp there instead",
  });
});

test("never says a colour that another object has as well", () => {
  const picture = scene([cup.box, red], [spoon.box, red]);
  expect(recaption("remove", picture, [spoon]).understanding).not.toContain("red");
});

test("points by size and place where no relation tells the object", () => {
  const second = object("cup", box(60, 10, 85, 50));
  const picture = scene([cup.box, red], [second.box, red]);
  expect(recaption("remove", picture, [second]).understanding).toBe(
    "remove the smallest object on the left",
  );
});

test("points by place where an object is alone, and knows names of several words", () => {
  const dog = object("big brown dog", cup.box);
  expect(recaption("remove", scene([cup.box, red]), [], dog)).toEqual({
    understanding: "remove the red animal on the left",
    reasoning: "find what barks and guards the home and take it away",
  });
});

test("does without a clue for what the table lacks", () => {
  const lamp = object("desk lamp", cup.box);
  expect(recaption("remove", scene([cup.box, red]), [], lamp).reasoning).toBe(
    "find what stands on the left and take it away",
  );
});

test.each(Object.keys(objectClues))(
  "no clue names its object, or makes an instruction too long: %s",
  (kind) => {
    const picture = scene([cup.box, red], [spoon.box, blue]);
    const subject = object(kind, cup.box);
    const anchor = object("potted plant", spoon.box);
    for (const operation of ["remove", "add", "replace"] as const) {
      const found = recaption(operation, picture, [anchor], subject);
      expect(recaptionFaults(found, { object: subject })).toEqual([]);
    }
  },
);
