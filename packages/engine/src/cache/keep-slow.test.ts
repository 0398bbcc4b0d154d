import { expect, test } from "vitest";
import {
  about,
  doc,
  from,
  graphOf,
  nodes as known,
  observe,
  text,
} from "../execute/run.fixture.ts";
import { defineNode } from "../node/define-node.ts";
import { createRegistry } from "../node/registry.ts";
import { keepSlow } from "./keep-slow.ts";
import { createLayeredStore } from "./layered-store.ts";
import { createMemoryStore } from "./memory-store.ts";

test("[C11] what a node made quickly is made again; what took its time is kept", async () => {
  let ms = 0;
  const slow = defineNode({
    ...about,
    type: "text.slow",
    inputs: { text: text(doc) },
    params: {},
    outputs: { text: text(doc) },
    run(inputs) {
      ms += 4;
      return { text: `${inputs.text}!` };
    },
  });
  const types = createRegistry([...known, slow]);
  const graph = graphOf({
    word: { type: "text.value", params: { text: "a" } },
    slow: { type: "text.slow", inputs: { text: from("word") } },
    end: { type: "text.join", inputs: { a: from("slow") } },
  });
  const disk = createMemoryStore();
  const run = async (): Promise<readonly string[]> => {
    const store = createLayeredStore(createMemoryStore(), keepSlow(disk, 4));
    const { values, ran } = await observe(graph, { store, now: () => ms }, types);
    expect(values.get("end")).toEqual({ text: "a!" });
    return ran;
  };
  expect(await run()).toEqual(["word", "slow", "end"]);
  expect(await run()).toEqual(["word", "end"]);
  expect((await disk.stats()).entries).toBe(1);
});
