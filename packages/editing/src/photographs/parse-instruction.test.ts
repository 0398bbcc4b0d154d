import { expect, test } from "vitest";
import { EditingError } from "../errors.ts";
import { parseInstruction } from "./parse-instruction.ts";

test.each([
  ["remove the dog", "dog", false],
  ["Please erase the puppy from the photo.", "puppy", false],
  ["delete all cars", "cars", true],
  ["get rid of both motorbikes", "motorbikes", true],
  ["take away the people", "people", true],
  ["make the bird disappear", "bird", false],
  ["remove the little brown dog", "little brown dog", false],
  ["remove the balloons", "balloons", true],
  ["remove the long grass", "long grass", false],
])("%s: removes", (text, object, isAll) => {
  expect(parseInstruction(text)).toMatchObject({ operation: "remove", object, isAll });
});

test.each([
  ["make the car blue", "car", "#1e5fd0"],
  ["turn the cup into green", "cup", "#228b22"],
  ["change the colour of the sofa to red", "sofa", "#d01c1f"],
  ["paint the bus #00ff80", "bus", "#00ff80"],
  ["make the cat grey", "cat", "#808080"],
])("%s: recolours", (text, object, colour) => {
  expect(parseInstruction(text)).toMatchObject({ operation: "recolour", object, colour });
});

test.each([
  ["blur the background", "", "blur", ""],
  ["blur the background behind the dog", "dog", "blur", ""],
  ["make the background grey", "", "grey", ""],
  ["make the background black and white", "", "grey", ""],
  ["desaturate the background", "", "grey", ""],
  ["make the background white", "", "colour", "#f5f5f5"],
  ["replace the background of the cat with a blue", "cat", "colour", "#1e5fd0"],
])("%s: changes the background", (text, object, background, colour) => {
  const wanted = { operation: "background", object, background, colour };
  expect(parseInstruction(text)).toMatchObject(wanted);
});

function errorOf(text: string): EditingError {
  try {
    parseInstruction(text);
  } catch (thrown) {
    if (thrown instanceof EditingError) return thrown;
  }
  throw new Error("it was understood");
}

test.each(["", "add a dog", "make it nicer", "remove"])("%j is not understood", (text) => {
  expect(errorOf(text).what).toBe(`"${text}" is not understood.`);
});
