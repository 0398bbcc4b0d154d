import { expect, test } from "vitest";
import { agreementOf } from "./agreement.ts";
import { bradleyTerry, type Vote } from "./bradley-terry.ts";

const vote = (left: string, right: string, choice: Vote["choice"]): Vote => ({
  left,
  right,
  choice,
});
const many = (count: number, one: Vote): readonly Vote[] =>
  Array.from({ length: count }, () => one);
const options = { samples: 200, seed: 1 };

test("the difference of two scores is the log odds of the votes, with one tie added", () => {
  const votes = [...many(29, vote("a", "b", "left")), ...many(9, vote("b", "a", "left"))];
  const [a, b] = bradleyTerry(votes, options);
  expect(a).toMatchObject({ name: "a", votes: 38 });
  expect((a?.mean ?? 0) - (b?.mean ?? 0)).toBeCloseTo(Math.log(29.5 / 9.5), 6);
  expect(a?.mean).toBeCloseTo(-(b?.mean ?? 0), 9);
  expect(a?.low).toBeLessThan(a?.mean ?? 0);
  expect(a?.high).toBeGreaterThan(a?.mean ?? 0);
});

test("scores follow a chain of contestants, and sides do not matter", () => {
  const votes = [
    ...many(6, vote("a", "b", "left")),
    ...many(2, vote("b", "a", "left")),
    ...many(6, vote("c", "b", "right")),
    ...many(2, vote("c", "b", "left")),
  ];
  const scores = bradleyTerry(votes, options);
  expect(scores.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  const turned = votes.map(({ left, right, choice }): Vote => {
    const other = choice === "left" ? "right" : "left";
    return { left: right, right: left, choice: choice === "tie" ? choice : other };
  });
  bradleyTerry(turned, options).forEach(({ mean }, at) => {
    expect(mean).toBeCloseTo(scores[at]?.mean ?? Number.NaN, 9);
  });
});

test("ties alone make contestants equal, and one that always won has a finite score", () => {
  expect(bradleyTerry(many(5, vote("a", "b", "tie")), options).map(({ mean }) => mean)).toEqual([
    0, 0,
  ]);
  const [best] = bradleyTerry(many(20, vote("a", "b", "left")), options);
  expect(best?.mean).toBeCloseTo(Math.log(20.5 / 0.5) / 2, 6);
});

test("agreement is the share of equal judgements, and kappa that beyond chance", () => {
  // Cohen's example form: 20 + 15 of 50 agree, by chance half would.
  const pairs = [
    ...Array.from({ length: 20 }, () => ["yes", "yes"] as const),
    ...Array.from({ length: 5 }, () => ["yes", "no"] as const),
    ...Array.from({ length: 10 }, () => ["no", "yes"] as const),
    ...Array.from({ length: 15 }, () => ["no", "no"] as const),
  ];
  const { count, share, kappa } = agreementOf(pairs);
  expect([count, share]).toEqual([50, 0.7]);
  expect(kappa).toBeCloseTo(0.4, 9);
  expect(agreementOf([]).share).toBeNaN();
});
