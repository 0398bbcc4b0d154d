import { expect, test } from "vitest";
import { instructionFault } from "./instruction-fault.ts";

test.each([
  ["remove the white object on the left", "cup"],
  ["find what a hot drink is served in and take it away", "red cup"],
  ["take away the racer on the guitarist's side", "acoustic guitar"],
  [Array(20).fill("word").join(" "), "cup"],
])("%j may stand for a %s", (text, name) => {
  expect(instructionFault(text, name)).toBeUndefined();
});

test.each([
  ["", "cup", "empty"],
  ["  ", "cup", "empty"],
  ["remove the CUP", "cup", "names"],
  ["remove both cups", "red cup", "names"],
  ["remove the man", "two men", "names"],
  ["remove the guitar", "acoustic_guitar", "names"],
  ["remove the vase", "vase with flowers", "names"],
  [Array(21).fill("word").join(" "), "cup", "21 words"],
  ["移除左边的物体", "cup", "not English"],
])("%j may not stand for %s", (text, name, fault) => {
  expect(instructionFault(text, name)).toContain(fault);
});
