import { entryOf, parseGraph } from "@insightgraph/engine/graph";
import { expect, test } from "vitest";
import { english } from "../messages/english.ts";
import { examples, exampleText, sampleUrl } from "./examples.ts";

test("every example ships, and is called by what its file says of itself", async () => {
  for (const { id } of examples) {
    const text = await exampleText(id);
    if (text === undefined) throw new Error(`${id} does not ship`);
    expect(Object.keys(parseGraph(text).nodes).length).toBeGreaterThan(1);
    expect(entryOf<{ title: string }>(english.examples, id)?.title, id).toBeDefined();
  }
});

test("the samples that examples name are part of the page", async () => {
  for (const { id } of examples) {
    const paths = (await exampleText(id))?.match(/samples\/[\w.-]+/g) ?? [];
    for (const path of paths) expect(await sampleUrl(path), path).toBeDefined();
  }
});

test("what does not ship is not found", async () => {
  expect(await exampleText("../package")).toBeUndefined();
  expect(await sampleUrl("../secret.png")).toBeUndefined();
});
