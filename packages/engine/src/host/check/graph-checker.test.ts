import { setInterval } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { GraphDocument } from "../../graph/document.ts";
import { answerGraph, answerRegistry } from "../answer-nodes.fixture.ts";
import { answerChild } from "../child/open-answer-host.fixture.ts";
import { createGraphChecker, type GraphChecker } from "./graph-checker.ts";

const { catalogue } = answerRegistry;
const { execArgv } = answerChild;
let checker: GraphChecker | undefined;
afterEach(() => checker?.close());

/** Nodes of unknown types with long names. */
function hostile(count: number): GraphDocument {
  const nodes = Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const name = `${at}`.padStart(60, "a-node-whose-name-is-long-");
      const inputs = { in: { node: `${name}-missing`, output: "text" } };
      return [name, { type: "test.answer", version: 1, inputs }] as const;
    }),
  );
  return { format: "insightgraph", version: 1, nodes };
}

test("[H8] a large graph has the same issues in the thread as at once", async () => {
  const graph = hostile(5);
  checker = createGraphChecker({ execArgv, maxAtOnce: 1 });
  const atOnce = await createGraphChecker().check({ graph }, catalogue);
  expect(atOnce.length).toBeGreaterThan(0);
  expect(await checker.check({ graph }, catalogue)).toEqual(atOnce);
  expect(await checker.check({ graph: answerGraph("pid") }, catalogue)).toEqual([]);
});

test("[H8] others are served while a large graph is checked", async () => {
  checker = createGraphChecker({ execArgv });
  let isDone = false;
  const checking = checker.check({ graph: hostile(8000) }, catalogue).finally(() => {
    isDone = true;
  });
  let turns = 0;
  for await (const _ of setInterval(5)) {
    if (isDone) break;
    turns++;
  }
  expect((await checking).length).toBeGreaterThan(0);
  expect(turns).toBeGreaterThan(5);
});

test("[H8] a graph that takes too long is refused, and the next one is checked", async () => {
  checker = createGraphChecker({ execArgv, maxMs: 1 });
  await expect(checker.check({ graph: hostile(8000) }, catalogue)).rejects.toMatchObject({
    code: "graph.too-large",
  });
  expect(await checker.check({ graph: answerGraph("pid") }, catalogue)).toEqual([]);
});
