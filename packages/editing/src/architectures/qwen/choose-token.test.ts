import { expect, test } from "vitest";
import { chooseToken } from "./choose-token.ts";

const logits = Float32Array.from([0.1, 0.6, 0.2, 0.1], Math.log);

test("without temperature takes the likeliest, of equal ones the first", () => {
  expect(chooseToken(logits, { temperature: 0, topP: 1 }, () => 0.99)).toBe(1);
  expect(chooseToken(Float32Array.of(2, 5, 5), { temperature: 0, topP: 1 }, () => 0)).toBe(1);
});

test("draws each token as often as it is probable", () => {
  const choose = (draw: number, topP = 1): number =>
    chooseToken(logits, { temperature: 1, topP }, () => draw);
  expect([0, 0.09, 0.11, 0.69, 0.71, 0.91].map((draw) => choose(draw))).toEqual([0, 0, 1, 1, 2, 3]);
  // 0.6 and 0.2 are the fewest that make 0.7; among them 0.6 is three of four.
  expect([0.74, 0.76, 0.99].map((draw) => choose(draw, 0.7))).toEqual([1, 2, 2]);
});

test("a low temperature sharpens", () => {
  expect(chooseToken(logits, { temperature: 0.5, topP: 1 }, () => 0.85)).toBe(1);
});

test("of a flat vocabulary, the nucleus is as large as it has to be", () => {
  const flat = Float32Array.from({ length: 1000 }, (_, id) => (id === 7 ? Math.log(1e6) : 0));
  const chosen = (draw: number, topP: number): number =>
    chooseToken(flat, { temperature: 1, topP }, () => draw);
  expect(chosen(0.9999, 0.99)).toBe(7);
  // The likeliest has 0.999002 of all, and one of 999 others has 1e-6.
  expect(chosen(0.9999999, 0.9990025)).toBe(0);
  expect(chosen(0.9999999, 0.9995)).toBe(499);
});
