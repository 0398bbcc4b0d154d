import { graphKeyword, withPngTexts } from "@insightgraph/engine/png";
import { expect, test } from "vitest";
import { graphInFile } from "./graph-in-file.ts";

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
