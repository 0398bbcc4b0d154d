import { execFile } from "node:child_process";
import { mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { graphsDir } from "./places.ts";

const { folder, run: insightgraph, start, remove } = await createCommandLine();
const place = (...names: string[]): string => path.join(folder, ...names);
afterAll(remove);

const head = { format: "insightgraph", version: 1 };
const link = (node: string) => ({ node, output: "image" });
const load = (file: string) => ({ type: "image.load", version: 1, params: { path: file } });

/** Reads a picture and saves it smaller. */
function shrink(file: string, to = "small.png"): object {
  const small = { type: "image.resize", version: 1, params: { width: 2, height: 2 } };
  const save = { type: "image.save", version: 1, params: { path: to } };
  return {
    ...head,
    nodes: {
      photo: load(file),
      small: { ...small, inputs: { image: link("photo") } },
      save: { ...save, inputs: { image: link("small") } },
    },
  };
}

/** A PNG whose header claims another size. */
function withSize(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** A file of a size that nothing on the disk stands behind. */
async function writeHoles(name: string, sizeBytes: number): Promise<void> {
  const file = await open(place(name), "w");
  await file.truncate(sizeBytes);
  await file.close();
}

const words = (text: unknown) => ({ type: "text.value", version: 1, params: { text } });
const answer = { answer: { node: "words", output: "text" } };
const resize = (image: string) => ({
  type: "image.resize",
  version: 1,
  inputs: { image: link(image) },
});

const graphs: Readonly<Record<string, string>> = {
  "letter.json": "Dear reader",
  "nan.json": `{"format":"insightgraph","version":1,"nodes":{"a":{"type":"number.value","version":1,"params":{"value":NaN}}}}`,
  "huge-number.json": `{"format":"insightgraph","version":1,"nodes":{"a":{"type":"number.value","version":1,"params":{"value":1e999}}}}`,
  "other.json": `{"name":"package"}`,
  "later.json": JSON.stringify({ ...head, version: 2, nodes: {} }),
  "shape.json": JSON.stringify({ ...head, nodes: { a: 7 } }),
  "deep.json": `{"format":"insightgraph","version":1,"nodes":{"a":{"type":"text.value","version":1,"params":{"text":${"[".repeat(10_000)}${"]".repeat(10_000)}}}}}`,
  "proto.json": `{"format":"insightgraph","version":1,"nodes":{"__proto__":{"type":"text.value","version":1}}}`,
  "constructor.json": `{"format":"insightgraph","version":1,"nodes":{"a":{"type":"text.value","version":1,"params":{"constructor":{"prototype":{"x":1}}}}}}`,
  "cycle.json": JSON.stringify({ ...head, nodes: { a: resize("b"), b: resize("a") } }),
  "long.json": JSON.stringify({
    ...head,
    nodes: { words: words("x".repeat(10_001)) },
    outputs: answer,
  }),
  "kind.json": JSON.stringify({ ...head, nodes: { words: words({ a: 1 }) }, outputs: answer }),
  "unknown.json": JSON.stringify({
    ...head,
    nodes: { a: { type: "no.such", version: 1 }, b: { type: "nor.that", version: 1 } },
  }),
  "missing.json": JSON.stringify(shrink("gone.png")),
  "folder.json": JSON.stringify(shrink("pictures")),
  "torn.json": JSON.stringify(shrink("torn.png")),
  "bomb.json": JSON.stringify(shrink("bomb.png")),
  "huge.json": JSON.stringify(shrink("huge.png")),
  "nowhere.json": JSON.stringify(shrink("photo.png", "nowhere/small.png")),
  "good.json": JSON.stringify(shrink("photo.png")),
  "none.ts": "export const answer = 42;",
  "half.ts": "export const node = { type: 'my.node', run() {} };",
  "syntax.ts": "export const = ;",
  "throws.ts": "throw new RangeError('not today');\nexport const a = 1;",
  "twice.ts": `import { defineNode } from "@insightgraph/engine/node";
export const a = defineNode({ type: "image.load", version: 1, title: "T", doc: "D.", inputs: {}, params: {}, outputs: {}, run: () => ({}) });`,
};

let before: string[] = [];
beforeAll(async () => {
  const photo = await readFile(path.join(graphsDir, "samples/rabbit-teddy-apple.png"));
  await mkdir(place("pictures"));
  await writeFile(place("photo.png"), photo);
  await writeFile(place("torn.png"), photo.subarray(0, photo.length / 2));
  await writeFile(place("bomb.png"), withSize(photo, 100_000, 100_000));
  await writeHoles("huge.png", 2 ** 31);
  await writeHoles("huge-graph.json", 2 ** 31);
  for (const [name, text] of Object.entries(graphs)) await writeFile(place(name), text);
  before = await readdir(folder);
});

describe("bad input is refused with code 2, one clear line, and nothing written", () => {
  test.concurrent.each([
    [["validate", "letter.json"], "graph.not-json: this is not JSON"],
    [["validate", "nan.json"], "graph.not-json: this is not JSON"],
    [["validate", "huge-number.json"], "graph.shape at nodes.a.params.value: "],
    [["validate", "other.json"], "graph.format at format: "],
    [["validate", "later.json"], "graph.version at version: "],
    [["validate", "shape.json"], "graph.shape at a: "],
    [["run", "deep.json"], "graph.too-deep at "],
    [["validate", "proto.json"], "graph.forbidden-key at nodes.__proto__: "],
    [["validate", "constructor.json"], "graph.forbidden-key at nodes.a.params.constructor: "],
    [["run", "cycle.json", "--out", "fresh/in"], "graph.cycle at "],
    [["run", "long.json"], "param.length at words.params.text: the text has 10001 characters"],
    [["run", "kind.json"], "param.kind at words.params.text: "],
    [["validate", "unknown.json"], "graph.unknown-type at b.type: "],
    [["run", "gone.json"], 'file.unreadable: "gone.json": there is no such file'],
    [["run", "pictures"], 'file.unreadable: "pictures": it is a folder'],
    [["run", "huge-graph.json"], 'file.unreadable: "huge-graph.json": it is larger than 1 GB'],
    [["run", "photo.png"], 'file.no-graph: "photo.png" is a picture that carries no graph'],
    [["run", "missing.json"], 'node.bad-input at photo.params.path: "gone.png" is not there'],
    [["run", "folder.json"], 'node.bad-input at photo.params.path: "pictures" is a folder'],
    [["run", "torn.json"], 'node.bad-input at photo.params.path: "torn.png" is damaged or cut'],
    [["run", "bomb.json"], '"bomb.png" has 100000 x 100000 pixels, over 100 megapixels'],
    [["run", "huge.json"], 'node.bad-input at photo.params.path: "huge.png" is larger than 1024'],
    [["run", "nowhere.json"], 'at save.params.path: there is no folder "nowhere"'],
    [["run", "good.json", "--set", "small.width=NaN"], "param.kind at small.params.width: "],
    [["run", "good.json", "--set", "small.width=-1"], "param.range at small.params.width: "],
    [["run", "good.json", "--out", "photo.png"], "file.unwritable: "],
    [["nodes", "--nodes", "gone.ts"], "nodes.unreadable: "],
    [["nodes", "--nodes", "none.ts"], "nodes.none: "],
    [
      ["nodes", "--nodes", "half.ts"],
      "exports node, but its version is not a positive whole number",
    ],
    [
      ["nodes", "--nodes", "syntax.ts"],
      'cannot be compiled: syntax.ts:1: Expected identifier but found "="',
    ],
    [["run", "good.json", "--nodes", "throws.ts"], "does not run: not today"],
    [["validate", "good.json", "--nodes", "twice.ts"], "registry.duplicate at image.load: "],
    [["replay", "good.json"], "manifest.shape at format: "],
  ])("%j", async (args, line) => {
    const { code, out, errors } = await insightgraph(...args);
    expect(errors).toContain(line);
    expect(errors).toContain(" Hint: ");
    expect(errors).not.toMatch(/^\s+at /m);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  test("all issues are reported, not only the first", async () => {
    const { errors } = await insightgraph("validate", "unknown.json");
    expect(errors.trim().split("\n")).toEqual([
      expect.stringContaining("graph.unknown-type at a.type: there is no node type "),
      expect.stringContaining("graph.unknown-type at b.type: there is no node type "),
      "note: --nodes PLACE loads node types from outside the project.",
    ]);
  });

  test("nothing has been written by all that", async () => {
    const made = (await readdir(folder)).filter((name) => !before.includes(name));
    expect(made.filter((name) => name !== "data")).toEqual([]);
  });
});

describe("outside causes", () => {
  const limited = path.join(folder, "small-disk");
  const mountArgs = ["-t", "tmpfs", "-o", "size=96k", "none", limited];
  let isMounted = false;
  beforeAll(async () => {
    if (process.platform !== "linux" || process.getuid?.() !== 0) return;
    await mkdir(limited);
    isMounted = await promisify(execFile)("mount", mountArgs).then(
      () => true,
      () => false,
    );
  });
  afterAll(async () => {
    if (isMounted) await promisify(execFile)("umount", [limited]);
  });

  test("a disk that fills up while a result is written: code 1, no partial file", async (context) => {
    // Only root can make a small disk, and not in every container.
    if (!isMounted) return context.skip();
    const args = ["good.json", "--set", "small.width=400", "--set", "small.height=400"];
    const { code, errors } = await insightgraph("run", ...args, "--out", "small-disk");
    expect(errors).toContain("node.failed at save: the disk has no room for ");
    expect(code).toBe(1);
    expect(await readdir(limited)).toEqual(["manifest.json"]);
    const manifest = JSON.parse(await readFile(path.join(limited, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({ stopped: "failed", error: { nodeId: "save" }, saved: [] });
  });

  // On Windows a signal from another process ends this one at once.
  test.skipIf(process.platform === "win32")(
    "Ctrl-C ends a run with code 130 and leaves nothing behind",
    async () => {
      const waiting = { ...shrink("photo.png"), outputs: {} };
      await writeFile(place("waiting.json"), JSON.stringify(waiting));
      const args = ["--set", "small.width=16000", "--set", "small.height=6000"];
      const { child, answer } = start("run", "waiting.json", ...args, "--no-cache");
      await new Promise<void>((resolve) => {
        child.stderr?.on("data", (chunk) => {
          if (String(chunk).includes("photo: ")) resolve();
        });
      });
      child.kill("SIGINT");
      const { code, errors } = await answer;
      expect(errors).toContain("interrupted: ending the run");
      expect(code).toBe(130);
      expect((await readdir(folder)).filter((name) => /small\.|tmp|unfinished/.test(name))).toEqual(
        [],
      );
    },
  );
});
