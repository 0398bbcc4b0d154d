import { expect, test } from "vitest";
import type { ParamSpec } from "./catalogue.ts";
import { checkParam, paramFromText } from "./check-param.ts";

const doc = "D.";
const text: ParamSpec = { kind: "text", default: "", doc, maxLength: 3 };
const steps: ParamSpec = { kind: "integer", default: 1, min: 1, max: 5, doc };
const seed: ParamSpec = { kind: "seed", default: 0, doc };
const choice: ParamSpec = { kind: "choice", options: ["ddim", "euler"], default: "ddim", doc };
const flag: ParamSpec = { kind: "boolean", default: false, doc };

test.each([
  [text, "abc", undefined],
  [text, "abcd", "param.length"],
  [text, 1, "param.kind"],
  [steps, 5, undefined],
  [steps, 0, "param.range"],
  [steps, 1.5, "param.kind"],
  [steps, Number.NaN, "param.kind"],
  [seed, 2 ** 32 - 1, undefined],
  [seed, 2 ** 32, "param.range"],
  [choice, "euler", undefined],
  [choice, "heun", "param.option"],
  [flag, true, undefined],
  [flag, "true", "param.kind"],
])("%j with %j gives %s", (spec, value, code) => {
  expect(checkParam(spec, value)?.code).toBe(code);
});

test("text from a command line becomes the param's kind, or stays text to be refused", () => {
  expect(paramFromText(steps, "3")).toBe(3);
  expect(paramFromText(steps, "three")).toBe("three");
  expect(paramFromText(steps, "")).toBe("");
  expect(paramFromText(flag, "true")).toBe(true);
  expect(paramFromText(text, "3")).toBe("3");
});
