import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { configFields } from "./config-fields.ts";

const fields = configFields({
  layers: 3,
  eps: 1e-5,
  act: "gelu",
  bias: false,
  none: null,
  inner: { heads: 0.5 },
});

function thrown(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelError) return `${error.code} at ${error.at}: ${error.what}`;
  }
  throw new Error("nothing was thrown");
}

describe("configFields", () => {
  test("reads what is there, and takes defaults for what is missing or null", () => {
    expect(fields.integer("layers", 9)).toBe(3);
    expect(fields.integer("none", 9)).toBe(9);
    expect(fields.number("eps")).toBe(1e-5);
    expect(fields.flag("bias", true)).toBe(false);
    expect(fields.choice("act", ["relu", "gelu"])).toBe("gelu");
    expect(fields.part("nothing").integer("heads", 2)).toBe(2);
    expect([fields.has("act"), fields.has("none"), fields.has("other")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("names the field that does not fit, what it needs and what it holds", () => {
    expect(thrown(() => fields.part("inner").integer("heads"))).toBe(
      "config.field at config.json: inner: heads: needs a whole number of at least 1, found 0.5.",
    );
    expect(thrown(() => fields.integer("width"))).toContain("width: needs a whole number");
    expect(thrown(() => fields.number("act"))).toContain('needs a number, found "gelu"');
    expect(thrown(() => fields.flag("act"))).toContain("needs true or false");
    expect(thrown(() => fields.choice("layers", ["a"]))).toContain("needs one of a, found 3");
    expect(thrown(() => configFields([], "here.json"))).toBe(
      "config.field at here.json: needs an object, found [].",
    );
  });

  test("says apart what it knows but does not support", () => {
    expect(thrown(() => fields.choice("act", ["relu", "silu"]))).toBe(
      "config.unsupported at config.json: act: gelu is none of relu, silu.",
    );
  });
});
