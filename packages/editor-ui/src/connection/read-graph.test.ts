import { graphKeyword, withPngTexts } from "@insightgraph/engine/png";
import { expect, test } from "vitest";
import { GraphTooLargeError, readGraph } from "./read-graph.ts";

const base64 =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const pixel = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const letters = (text: string): Uint8Array => new TextEncoder().encode(text);

const fileOf = (bytes: Uint8Array, name: string): File => new File([new Uint8Array(bytes)], name);

const node = '{"type":"image.load","version":1}';
const graphOf = (count: number) => {
  const nodes = Array.from({ length: count }, (_, at) => `"n${at}":${node}`);
  return `{"format":"insightgraph","version":1,"nodes":{${nodes.join()}}}`;
};

test("finds the graph in a graph file and in a saved PNG, and none elsewhere", async () => {
  const saved = withPngTexts(pixel, { [graphKeyword]: graphOf(2) });
  expect(await readGraph(fileOf(letters(graphOf(1)), "a.JSON"))).toEqual(JSON.parse(graphOf(1)));
  expect(await readGraph(fileOf(saved, "a.png"))).toEqual(JSON.parse(graphOf(2)));
  expect(await readGraph(fileOf(pixel, "a.png"))).toBeUndefined();
  expect(await readGraph(fileOf(letters("GIF89a"), "a.gif"))).toBeUndefined();
  const latin1 = fileOf(Uint8Array.of(0x7b, 0xe9, 0x7d), "a.json");
  await expect(readGraph(latin1)).rejects.toMatchObject({ code: "file.encoding" });
});

test("a graph too large to work with is refused with a word, before it is looked into", async () => {
  const long = fileOf(new Uint8Array(20_000_000).fill(0x20), "a.json");
  await expect(readGraph(long)).rejects.toMatchObject({
    size: { unit: "bytes", found: 20_000_000, most: 8_000_000 },
  });
  const many = fileOf(letters(graphOf(60_000)), "a.json");
  await expect(readGraph(many)).rejects.toThrow(GraphTooLargeError);
  await expect(readGraph(many)).rejects.toMatchObject({ size: { unit: "nodes", found: 60_000 } });
  const inner = `{"format":"insightgraph","version":1,"nodes":{},"graphs":{"a":${graphOf(10_001)}}}`;
  await expect(readGraph(fileOf(letters(inner), "a.json"))).rejects.toThrow(GraphTooLargeError);
  const most = graphOf(10_000);
  const read = await readGraph(fileOf(letters(most), "a.json"));
  expect(Object.keys(read?.nodes ?? {})).toHaveLength(10_000);
});

test("a PNG that was cut off says so or has no graph, and does no harm", async () => {
  const saved = withPngTexts(pixel, { [graphKeyword]: graphOf(3) });
  for (let length = 8; length < saved.length; length += 7) {
    const cut = readGraph(fileOf(saved.subarray(0, length), "a.png"));
    const read = await cut.catch((error: Error) => error);
    if (read instanceof Error) expect(read).toMatchObject({ code: "file.unreadable" });
    else if (read !== undefined) expect(read).toEqual(JSON.parse(graphOf(3)));
  }
});

test.each([
  ["{", "graph.not-json"],
  ["\u0000\u0001overwritten", "file.encoding"],
  ['{"nodes":{}}', "graph.format"],
  ['{"format":"insightgraph","version":99,"nodes":{}}', "graph.version"],
])("a graph file with %j says what is wrong with it", async (text, code) => {
  await expect(readGraph(fileOf(letters(text), "a.json"))).rejects.toMatchObject({ code });
});
