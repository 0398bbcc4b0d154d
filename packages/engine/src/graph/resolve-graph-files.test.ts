import fc from "fast-check";
import { expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import type { GraphDocument, Link } from "./document.ts";
import { parseGraph } from "./parse-graph.ts";
import { resolveGraphFiles, withoutGraphFiles } from "./resolve-graph-files.ts";
import { stringifyGraph } from "./stringify-graph.ts";
import { validateGraph } from "./validate-graph.ts";

const text = (node: string): Link => ({ node, output: "text" });

function fileOf(nodes: object, rest: object = {}): string {
  return JSON.stringify({ format: "insightgraph", version: 1, nodes, ...rest });
}

const word = fileOf(
  {
    word: { type: "text.value", version: 1 },
    save: { type: "text.save", version: 1, inputs: { text: text("word") } },
  },
  {
    name: "Word",
    inputs: { word: text("word"), path: { node: "save", param: "path" } },
    outputs: { text: text("word") },
  },
);
/** A graph that stands for the graph in `file`. */
const call = (file: string): string =>
  fileOf(
    { use: { type: "graph:part", version: 1 } },
    { outputs: { text: text("use") }, graphs: { part: { file } } },
  );

function readerOf(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const read = async (path: string): Promise<GraphDocument> => {
    asked.push(path);
    const found = files[path];
    if (found !== undefined) return parseGraph(found);
    throw new EngineError("file.unreadable", "there is no such file", { hint: "Name another." });
  };
  return { asked, read };
}

function resolved(
  document: string,
  files: Readonly<Record<string, string>>,
): Promise<GraphDocument> {
  return resolveGraphFiles(parseGraph(document), readerOf(files).read);
}

test("[G6] a file stands in the place of its reference, with nodes muted that no output needs", async () => {
  const { graphs } = await resolved(call("word.json"), { "word.json": word });
  expect(graphs?.["part"]).toEqual({
    name: "Word",
    file: "word.json",
    nodes: {
      word: { type: "text.value", version: 1 },
      save: { type: "text.save", version: 1, inputs: { text: text("word") }, muted: true },
    },
    inputs: { word: text("word"), path: { node: "save", param: "path" } },
    outputs: { text: text("word") },
  });
});

test("[G6] files refer to files, from their own folder; what they bring is named after them", async () => {
  const files = { "parts/call.json": call("./words/word.json"), "parts/words/word.json": word };
  const reader = readerOf(files);
  const document = await resolveGraphFiles(parseGraph(call("parts/call.json")), reader.read);
  expect(reader.asked).toEqual(["parts/call.json", "parts/words/word.json"]);
  expect(document.graphs?.["part"]?.nodes["use"]?.type).toBe("graph:part.part");
  expect(document.graphs?.["part.part"]).toMatchObject({ within: "part", name: "Word" });
  const up = { "parts/call.json": call("../word.json"), "word.json": word };
  const other = await resolved(call("parts/call.json"), up);
  expect(Object.keys(other.graphs ?? {})).toEqual(["part", "part.part"]);
});

test("[G6] saving writes the references again, to the last byte", async () => {
  const written = stringifyGraph(parseGraph(call("call.json")));
  const files = { "call.json": call("word.json"), "word.json": word };
  const document = await resolved(written, files);
  expect(stringifyGraph(document)).toBe(written);
  expect(await resolveGraphFiles(document, readerOf(files).read)).toEqual(document);
});

test("[G6] unknown fields of a reference survive", async () => {
  const graphs = { part: { file: "word.json", note: "mine" } };
  const written = stringifyGraph(parseGraph(fileOf({}, { graphs })));
  expect(written).toContain("mine");
  expect(stringifyGraph(await resolved(written, { "word.json": word }))).toBe(written);
});

test("[G6] a document without its files holds all that it needs", async () => {
  const files = { "call.json": call("word.json"), "word.json": word };
  const alone = withoutGraphFiles(await resolved(call("call.json"), files));
  const written = stringifyGraph(alone);
  expect(written).not.toContain("file");
  expect(parseGraph(written)).toEqual(alone);
  expect(await resolved(written, {})).toEqual(alone);
});

test.each<[string, Record<string, string>, string, string]>([
  ["word.json", {}, "graph.file", '"word.json" cannot be used: there is no such file'],
  ["word.json", { "word.json": "{}" }, "graph.file", "not an InsightGraph graph"],
  ["a.json", { "a.json": call("a.json") }, "graph.recursion", "a.json -> a.json"],
  ["a.json", { "a.json": call("b.json"), "b.json": call("a.json") }, "graph.recursion", "a.json"],
  ["../word.json", {}, "graph.file", "own folder"],
  ["a/../../word.json", {}, "graph.file", "own folder"],
  ["/word.json", {}, "graph.file", "own folder"],
  ["C:/word.json", {}, "graph.file", "own folder"],
  ["a\\b.json", {}, "graph.file", "own folder"],
  ["a.json", { "a.json": fileOf({}) }, "graph.file", "names no output"],
])("[G6] %s with %j is refused as %s", async (file, files, code, what) => {
  const error = await resolved(call(file), files).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, what: expect.stringContaining(what) });
  expect(error).toMatchObject({ at: { path: "graphs.part.file" } });
});

test("[G6] a long row of files, and files that double with each level, end in words", async () => {
  const next = (path: string): string => `${Number.parseInt(path, 10) + 1}.json`;
  const row = async (path: string): Promise<GraphDocument> => parseGraph(call(next(path)));
  await expect(resolveGraphFiles(parseGraph(call("0.json")), row)).rejects.toMatchObject({
    code: "graph.too-deep",
  });
  const doubling = async (path: string): Promise<GraphDocument> => {
    const graphs = { a: { file: next(path) }, b: { file: next(path) } };
    if (path === "12.json") return parseGraph(word);
    return parseGraph(fileOf({}, { outputs: { text: text("use") }, graphs }));
  };
  await expect(resolveGraphFiles(parseGraph(call("0.json")), doubling)).rejects.toMatchObject({
    code: "graph.too-large",
  });
});

test("[G6] two subgraphs of one name are refused", async () => {
  const graphs = { "part.part": { nodes: {} }, part: { file: "call.json" } };
  const files = { "call.json": call("word.json"), "word.json": word };
  await expect(resolved(fileOf({}, { graphs }), files)).rejects.toMatchObject({
    code: "graph.duplicate-key",
    at: { path: "graphs.part" },
  });
});

test("[G6] a definition has nodes or a file", () => {
  expect(() => parseGraph(fileOf({}, { graphs: { a: { name: "A" } } }))).toThrow("graph.shape");
});

test("[G6] a file that nobody read is an issue", () => {
  expect(validateGraph(parseGraph(call("word.json")), {})).toContainEqual(
    expect.objectContaining({ code: "graph.file", path: "graphs.part.file" }),
  );
});

test("[G6] no path leads out of the folder, whatever it is made of", async () => {
  const part = fc.constantFrom("..", ".", "", "a", "b.json", "\\", "C:", "~");
  const path = fc
    .array(part, { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join("/"))
    .filter((joined) => joined !== "");
  await fc.assert(
    fc.asyncProperty(path, path, async (first, second) => {
      const asked: string[] = [];
      const read = async (file: string): Promise<GraphDocument> => {
        asked.push(file);
        return parseGraph(asked.length === 1 ? call(second) : word);
      };
      await resolveGraphFiles(parseGraph(call(first)), read).catch((thrown: unknown) => {
        expect(thrown).toBeInstanceOf(EngineError);
      });
      for (const file of asked) {
        expect(file).not.toMatch(/^\/|[\\:]|(^|\/)\.\.?(\/|$)/);
      }
    }),
  );
});

test("a document whose references cannot all be read still opens, where that is asked for", async () => {
  const { read } = readerOf({ "word.json": call("lost.json") });
  const document = parseGraph(call("gone.json"));
  await expect(resolveGraphFiles(document, read)).rejects.toMatchObject({ code: "graph.file" });
  const kept = await resolveGraphFiles(document, read, { keepsUnread: true });
  expect(kept.graphs).toEqual({ part: { file: "gone.json", nodes: {} } });
  expect(stringifyGraph(kept)).toBe(stringifyGraph(document));
  const deeper = await resolveGraphFiles(parseGraph(call("word.json")), read, {
    keepsUnread: true,
  });
  expect(deeper.graphs).toEqual({ part: { file: "word.json", nodes: {} } });
});
