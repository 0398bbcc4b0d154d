import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ModelError } from "./errors.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(file))
  .map((file) => readFileSync(`${root}src/${file}`, "utf8"));

describe("ModelError", () => {
  test("[E1] reads code at place: what. Hint: fix.", () => {
    const hint = "Download it again.";
    const error = new ModelError("weights.missing", "there is no such tensor.", { at: "a", hint });
    expect(error.message).toBe(
      "weights.missing at a: there is no such tensor. Hint: Download it again.",
    );
    const bare = new ModelError("tokens.empty", "the text is empty.", { hint });
    expect(bare.message).toBe("tokens.empty: the text is empty. Hint: Download it again.");
  });

  test("[E1] hints are sentences", () => {
    const hints = sources.flatMap((text) =>
      [...text.matchAll(/hint:\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`)/g)].map(
        ([, double, single, template]) => double ?? single ?? template ?? "",
      ),
    );
    expect(hints.length).toBeGreaterThan(40);
    const odd = hints.filter((hint) => !/^(?:[A-Z]|\$\{).*(?:[.?!]|\})$/s.test(hint));
    expect(odd).toEqual([]);
  });

  test("[E2] its codes are those of SPEC.md", () => {
    const codesIn = (text: string, pattern: RegExp): readonly string[] =>
      [...text.matchAll(pattern)].map(([, code]) => code ?? "").sort();
    const union = codesIn(readFileSync(`${root}src/errors.ts`, "utf8"), /^ {2}\| "([\w.-]+)"/gm);
    const listed = codesIn(readFileSync(`${root}SPEC.md`, "utf8"), /^\| `([a-z]+\.[\w-]+)` \|/gm);
    expect(union).toEqual(listed);
  });
});
