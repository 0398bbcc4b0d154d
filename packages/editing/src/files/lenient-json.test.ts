import { expect, test } from "vitest";
import { parseLenientJson } from "./lenient-json.ts";

const object = { name: "cup", parts: [1, 2] };

test.each([
  ["strict JSON", '{"name": "cup", "parts": [1, 2]}'],
  ["a trailing comma", '{"name": "cup", "parts": [1, 2,],}'],
  ["a fence", '```json\n{"name": "cup", "parts": [1, 2]}\n```'],
  ["a fence of quotes", `'''\n{"name": "cup", "parts": [1, 2]}\n'''`],
  ["prose around it", 'Here you are: {"name": "cup", "parts": [1, 2]} I hope it helps.'],
  ["prose around a fence", 'Sure!\n```\n{"name": "cup", "parts": [1, 2,]}\n```\nThat is {all}.'],
  ["single quotes and bare names", "{name: 'cup', parts: [1, 2]}"],
  ["a comment", '{"name": "cup", // a mug\n"parts": [1, 2]}'],
  ["thoughts before it", '<think>Is it {a cup}?</think>{"name": "cup", "parts": [1, 2]}'],
])("reads %s", (_, text) => {
  expect(parseLenientJson(text)).toEqual(object);
});

test("reads lists", () => {
  expect(parseLenientJson("The objects: ['cup', 'spoon',]")).toEqual(["cup", "spoon"]);
});

test.each(["", "no", "<html><body>Bad gateway</body></html>", '{"name": "cu', "} {"])(
  "finds nothing in %j",
  (text) => {
    expect(() => parseLenientJson(text)).toThrow(SyntaxError);
  },
);
