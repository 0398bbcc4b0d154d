import { expect, test } from "vitest";
import { EditingError } from "../errors.ts";
import { parseInstruction } from "./parse-instruction.ts";

test.each([
  ["remove the dog", "dog", false],
  ["Please erase the puppy from the photo.", "dog", false],
  ["delete all cars", "car", true],
  ["get rid of both motorbikes", "motorcycle", true],
  ["take away the people", "person", true],
  ["make the bird disappear", "bird", false],
])("%s: removes", (text, kind, isAll) => {
  expect(parseInstruction(text)).toMatchObject({ operation: "remove", kind, isAll, ignored: [] });
});

test.each([
  ["make the car blue", "car", "#1e5fd0"],
  ["turn the cup into green", "cup", "#228b22"],
  ["change the colour of the sofa to red", "couch", "#d01c1f"],
  ["paint the bus #00ff80", "bus", "#00ff80"],
  ["make the cat grey", "cat", "#808080"],
])("%s: recolours", (text, kind, colour) => {
  expect(parseInstruction(text)).toMatchObject({ operation: "recolour", kind, colour });
});

test.each([
  ["blur the background", "", "blur", ""],
  ["blur the background behind the dog", "dog", "blur", ""],
  ["make the background grey", "", "grey", ""],
  ["make the background black and white", "", "grey", ""],
  ["desaturate the background", "", "grey", ""],
  ["make the background white", "", "colour", "#f5f5f5"],
  ["replace the background of the cat with a blue", "cat", "colour", "#1e5fd0"],
])("%s: changes the background", (text, kind, background, colour) => {
  const wanted = { operation: "background", kind, background, colour };
  expect(parseInstruction(text)).toMatchObject(wanted);
});

test("words that have no effect are said", () => {
  expect(parseInstruction("remove the little brown dog").ignored).toEqual(["little", "brown"]);
});

function errorOf(text: string): EditingError {
  try {
    parseInstruction(text);
  } catch (thrown) {
    if (thrown instanceof EditingError) return thrown;
  }
  throw new Error("it was understood");
}

test("an unknown object is answered with the nearest words", () => {
  const { code, argument, hint } = errorOf("remove the dgo");
  expect({ code, argument }).toEqual({ code: "argument.unfit", argument: "instruction" });
  expect(hint).toContain("dog");
});

test.each(["", "add a dog", "make it nicer", "remove"])("%j is not understood", (text) => {
  expect(errorOf(text).what).toBe(`"${text}" is not understood.`);
});
