import { describe, expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { textTemplate } from "./template.ts";

type Texts = Parameters<typeof textTemplate.run>[0];

async function fill(template: string, texts: Texts = {}): Promise<string> {
  return (await textTemplate.run(texts, { template }, plainRun)).text;
}

describe("text.template", () => {
  test.each([
    ["replace the {a} with a {b}", { a: "dog", b: "cat" }, "replace the dog with a cat"],
    ["{a}{a}", { a: "x" }, "xx"],
    ["{c}", { c: "" }, ""],
    ["{h}{d}", { d: "1", h: "2" }, "21"],
    ["{2}, {1} and {a}", { a: "x", list: ["y", "z"] }, "z, y and x"],
    ["no placeholder", {}, "no placeholder"],
    ["{{a}} is {a}", { a: "x" }, "{a} is x"],
    ["a { alone", {}, "a { alone"],
    ["{a} {b}", { a: "{b}", b: "$& $1" }, "{b} $& $1"],
  ])("fills %j", async (template, texts, filled) => {
    expect(await fill(template, texts)).toBe(filled);
  });

  test.each(["{i}", "{aa}", "{0}", "{01}", "{}", "{ a }", "{toString}", "{__proto__}"])(
    "refuses %j",
    async (template) => {
      await expect(fill(template, { a: "x" })).rejects.toMatchObject({
        code: "node.bad-input",
        at: { path: "params.template" },
        what: `the template uses ${template}, which is not a placeholder`,
        hint: expect.stringContaining("{a} to {h}"),
      });
    },
  );

  test("names the list that is too short", async () => {
    await expect(fill("{1} {3}", { list: ["x", "y"] })).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "inputs.list" },
      what: "the template uses {3}, but the list has no such item",
    });
  });

  test("names the input that a placeholder lacks", async () => {
    await expect(fill("{a} {b}", { a: "x" })).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "inputs.b" },
      hint: expect.stringContaining('Connect a text to "b"'),
    });
  });
});
