import { describe, expect, test } from "vitest";
import { mutationsOf, sample } from "./mutations.ts";

/** Every mutated source of one line of code. */
function mutated(source: string): string[] {
  return mutationsOf("a.ts", source).map(
    ({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end),
  );
}

describe("mutations", () => {
  test("swap operators", () => {
    expect(mutated("f(a < b)")).toContain("f(a <= b)");
    expect(mutated("f(a !== b)")).toContain("f(a === b)");
    expect(mutated("f(a && b)")).toContain("f(a || b)");
    expect(mutated("f(a ?? b)")).toContain("f(a && b)");
    expect(mutated("f(a - b)")).toContain("f(a + b)");
    expect(mutated("i++")).toContain("i--");
    expect(mutated("a += b")).toContain("a -= b");
    expect(mutated("f(!a)")).toContain("f(a)");
  });

  test("fix conditions", () => {
    expect(mutated("if (a) f();")).toEqual(["if (true) f();", "if (false) f();", "if (a) ;"]);
    expect(mutated("const b = a ? x : y;")).toEqual([
      "const b = true ? x : y;",
      "const b = false ? x : y;",
    ]);
    expect(mutated("while (a) b;")).toEqual(["while (false) b;"]);
  });

  test("change constants, and remove statements", () => {
    expect(mutated("const a = 3;")).toEqual(["const a = 4;"]);
    expect(mutated("const a = true;")).toEqual(["const a = false;"]);
    expect(mutated("f();")).toEqual([";"]);
    expect(mutated("throw a;")).toEqual([";"]);
  });

  test("leave types alone", () => {
    expect(mutated("interface A { readonly b: 3 | true }")).toEqual([]);
    expect(mutated("export type A = 3;")).toEqual([]);
  });

  test("know their line", () => {
    expect(mutationsOf("a.ts", "const a = b;\n\nconst c = 1;")).toMatchObject([
      { line: 3, original: "1", replacement: "2" },
    ]);
  });
});

test("a sample keeps its order, and equal seeds give equal samples", () => {
  const items = Array.from({ length: 100 }, (_, at) => at);
  const chosen = sample(items, 10, 7);
  expect(chosen).toHaveLength(10);
  expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
  expect(sample(items, 10, 7)).toEqual(chosen);
  expect(sample(items, 10, 8)).not.toEqual(chosen);
  expect(sample(items, 1000, 7)).toEqual(items);
});
