import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Schema from "typebox/schema";
import { describe, expect, test } from "vitest";
import { documentSchema } from "./document-schema.ts";
import { parseGraph } from "./parse-graph.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const files = (await readdir(path.join(root, "graphs"))).filter((name) =>
  /^[^.]+\.json$/.test(name),
);

describe("the document's schema", () => {
  test("is published in docs; `vitest -u` writes it anew", async () => {
    const spread = `${JSON.stringify(documentSchema, null, 2)}\n`;
    // Lists of names on one line, as the formatter wants them.
    const text = spread.replace(/\[[^[\]{}]*\]/g, (list) =>
      list.replace(/\s+/g, " ").replace(/\[ | \]/g, (edge) => edge.trim()),
    );
    await expect(text).toMatchFileSnapshot(path.join(root, "docs/graph.schema.json"));
  });

  test.each(files)("another reader of JSON Schema agrees about graphs/%s", async (name) => {
    const graph: unknown = JSON.parse(await readFile(path.join(root, "graphs", name), "utf8"));
    expect(Schema.Check(documentSchema, graph)).toBe(true);
  });

  test.each([
    { nodes: { a: { type: "x", version: 1, inputs: { i: { node: "b" } } } } },
    { nodes: { a: { type: "x", version: 0 } } },
    { nodes: { a: { type: "", version: 1 } } },
    { nodes: {}, inputs: { i: { type: "x", optional: 1 } } },
    { nodes: {}, inputs: { i: { node: "a" } } },
    { nodes: {}, graphs: { g: { nodes: { a: { version: 1 } } } } },
    { nodes: {}, outputs: [] },
    { nodes: {}, name: 1 },
  ])("it and the parser refuse the same: %j", (fields) => {
    const document = { format: "insightgraph", version: 1, ...fields };
    expect(Schema.Check(documentSchema, document)).toBe(false);
    expect(() => parseGraph(document)).toThrow("graph.shape");
  });
});
