import { graphKeyword, withPngTexts } from "@insightgraph/engine/png";
import { expect, test } from "vitest";
import { GraphTooLargeError, graphInFile } from "./graph-in-file.ts";

const base64 =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const pixel = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const letters = (text: string): Uint8Array => new TextEncoder().encode(text);

const fileOf = (bytes: Uint8Array, name: string): File => new File([new Uint8Array(bytes)], name);

test("finds the graph in a graph file and in a saved PNG, and none elsewhere", async () => {
  const saved = withPngTexts(pixel, { [graphKeyword]: "{}" });
  expect(await graphInFile(fileOf(letters("{ 1"), "a.JSON"))).toBe("{ 1");
  expect(await graphInFile(fileOf(saved, "a.png"))).toBe("{}");
  expect(await graphInFile(fileOf(pixel, "a.png"))).toBeUndefined();
  expect(await graphInFile(fileOf(letters("GIF89a"), "a.gif"))).toBeUndefined();
  const latin1 = fileOf(Uint8Array.of(0x7b, 0xe9, 0x7d), "a.json");
  await expect(graphInFile(latin1)).rejects.toMatchObject({ code: "file.encoding" });
});

const node = '{"type":"image.load","version":1}';
const graphOf = (count: number) => {
  const nodes = Array.from({ length: count }, (_, at) => `"n${at}":${node}`);
  return `{"format":"insightgraph","version":1,"nodes":{${nodes.join()}}}`;
};

test("a graph too large to work with is refused with a word, before it is looked into", async () => {
  const long = fileOf(new Uint8Array(20_000_000).fill(0x20), "a.json");
  await expect(graphInFile(long)).rejects.toThrow(/20\.0 MB.*8\.0 MB/s);
  const many = fileOf(letters(graphOf(60_000)), "a.json");
  await expect(graphInFile(many)).rejects.toThrow(GraphTooLargeError);
  await expect(graphInFile(many)).rejects.toThrow(/60,000 nodes/);
  const inner = `{"format":"insightgraph","version":1,"nodes":{},"graphs":{"a":${graphOf(10_001)}}}`;
  await expect(graphInFile(fileOf(letters(inner), "a.json"))).rejects.toThrow(GraphTooLargeError);
  const most = graphOf(10_000);
  expect(await graphInFile(fileOf(letters(most), "a.json"))).toBe(most);
});

test("a PNG that was cut off says so or has no graph, and does no harm", async () => {
  const saved = withPngTexts(pixel, { [graphKeyword]: graphOf(3) });
  for (let length = 8; length < saved.length; length += 7) {
    const cut = graphInFile(fileOf(saved.subarray(0, length), "a.png"));
    const text = await cut.catch((error: Error) => error);
    if (text instanceof Error) expect(text).toMatchObject({ code: "file.unreadable" });
    else expect([undefined, graphOf(3)]).toContain(text);
  }
});
