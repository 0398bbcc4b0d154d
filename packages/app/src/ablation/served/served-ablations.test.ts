import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { openSqliteBatchStore } from "@insightgraph/engine/batches";
import type {
  AblationItemScores,
  AblationPreferences,
  AblationTable,
  AblationTrial,
} from "@insightgraph/engine/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCommandLine } from "../../command-line.fixture.ts";
import { type Served, serve } from "../../served-jobs.fixture.ts";

const link = (node: string, output: string) => ({ node, output });

/** A number for each item by an operation that the variants choose; one divides by zero for the first item. */
const arithmetic = {
  format: "insightgraph",
  version: 1,
  nodes: {
    place: { type: "number.value", version: 1 },
    ten: { type: "number.value", version: 1, params: { value: 10 } },
    score: {
      type: "number.math",
      version: 1,
      inputs: { a: link("ten", "number"), b: link("place", "number") },
    },
    scene: { type: "evaluation.held-out-scene", version: 1 },
  },
  inputs: { scene: { node: "place", param: "value" } },
  outputs: { score: link("score", "number"), edit: link("scene", "source") },
  ablation: {
    axes: [
      {
        name: "operation",
        variants: ["add", "divide", "multiply"].map((operation) => ({
          name: operation,
          changes: [{ node: "score", params: { operation } }],
        })),
      },
    ],
  },
};

const commandLine = await createCommandLine();
const { folder } = commandLine;
let served: Served;
beforeAll(async () => {
  await writeFile(path.join(folder, "sums.json"), JSON.stringify(arithmetic));
  served = await serve(commandLine, "sums.json");
});
afterAll(async () => {
  await served.stop("SIGTERM");
  await commandLine.remove();
});

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly done: number;
}

/** The fields that answers have, all of them together. */
interface Answered {
  readonly ablations: readonly Listed[];
  readonly table: AblationTable;
  readonly items: readonly AblationItemScores[];
  readonly trials: readonly AblationTrial[];
  readonly preferences: AblationPreferences;
}

async function ask(method: string, place: string, body?: object) {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${served.address}/api/ablations${place}`, init);
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as Answered };
}

/** Waits for a state of an ablation. */
async function until(id: string, isReached: (ablation: Listed) => boolean) {
  for (;;) {
    const { body } = await ask("GET", "");
    const found = body.ablations.find((one) => one.id === id);
    if (found !== undefined && isReached(found)) return found;
    await setTimeout(50);
  }
}
const isOver = ({ state }: Listed) => state !== "queued" && state !== "running";

test("an ablation of the server outlives kill -9, runs no cell twice and keeps failures as cells", async () => {
  const started = await ask("POST", "", { name: "sums", graph: arithmetic, count: 40 });
  expect(started).toMatchObject({ status: 201, body: { ablation: { total: 120 } } });
  await until("sums", ({ done }) => done > 3);
  expect((await ask("POST", "", { name: "sums", graph: arithmetic })).status).toBe(409);
  expect((await ask("DELETE", "/sums")).status).toBe(409);
  await served.stop("SIGKILL");
  served = await serve(commandLine, "sums.json");
  expect(await until("sums", isOver)).toMatchObject({ state: "done", done: 119, failed: 1 });
  const store = await openSqliteBatchStore(
    path.join(folder, "data/ablations/sums/ablation.sqlite"),
  );
  const attempts = (await store.list({ limit: 1000 })).map((record) => record.attempts);
  await store.close();
  expect(attempts).toHaveLength(120);
  // Only the cell that was broken off ran again.
  expect(attempts.filter((count) => count > 1).length).toBeLessThanOrEqual(1);

  const { body } = await ask("GET", "/sums");
  expect(body.table.ablation.variants).toEqual(["add", "divide", "multiply"]);
  const [add, divide] = body.table.cells;
  expect(add).toMatchObject({ metric: "score", mean: 29.5, count: 40, holes: 0 });
  expect(divide).toMatchObject({ count: 39, holes: 1, difference: { pairs: 39, dropped: 1 } });

  expect((await ask("PATCH", "/sums", { baseline: "multiply" })).status).toBe(200);
  const pinned = (await ask("GET", "/sums")).body.table;
  expect(pinned.ablation.variants[0]).toBe("multiply");
  expect((await ask("GET", "/sums/files/table.md")).text).toContain('difference to "multiply"');
  const csv = (await ask("GET", "/sums/files/items.csv")).text;
  expect(csv.trimEnd().split("\n")).toHaveLength(121);

  const asked = "metric=score&variant=multiply&against=add&limit=2";
  const { items } = (await ask("GET", `/sums/items?${asked}`)).body;
  expect(items.map((item) => item.key)).toEqual(["scene-39", "scene-38"]);
  const variants = items[0]?.variants ?? [];
  expect(variants.map(({ score }) => score)).toEqual([49, 390]);
  const file = encodeURIComponent(variants[0]?.pictures["edit"] ?? "");
  expect((await ask("GET", `/sums/pictures?path=${file}`)).status).toBe(200);
});

test("what cannot be run or shown is refused, and says why", async () => {
  const { ablation: _, ...plain } = arithmetic;
  const none = await ask("POST", "", { name: "none", graph: plain });
  expect(none).toMatchObject({ status: 422, body: { issues: [{ code: "graph.ablation" }] } });
  const missing = { axes: [{ name: "a", variants: [{ name: "b", changes: [{ node: "c" }] }] }] };
  const faulty = await ask("POST", "", { name: "none", graph: { ...plain, ablation: missing } });
  expect(faulty).toMatchObject({ status: 422, body: { issues: [{ code: "graph.unknown-node" }] } });
  const large = await ask("POST", "", { name: "none", graph: arithmetic, count: 10_000 });
  expect(large).toMatchObject({ status: 422, body: { error: { code: "ablation.large" } } });
  const source = "/etc/hostname";
  const outside = await ask("POST", "", { name: "none", graph: arithmetic, source });
  expect(outside.body).toMatchObject({ error: { code: "node.bad-input" } });
  for (const place of ["/none", "/..%2Fjobs", "/sums/files/..%2Fablation.json"]) {
    expect(await ask("GET", place)).toMatchObject({ status: 404 });
  }
  const outsider = encodeURIComponent("../../../data/ablations/sums/table.json");
  expect((await ask("GET", `/sums/pictures?path=${outsider}`)).status).toBe(404);
  const { body } = await ask("GET", "/sums/items?metric=score&variant=subtract");
  expect(body).toMatchObject({ error: { code: "ablation.unknown" } });
});

test("votes are kept once a case, scored, and held against the metrics", async () => {
  const trialsOf = async (judge: string) =>
    (await ask("GET", `/sums/trials?judge=${judge}&picture=edit`)).body.trials;
  const [first, second] = await trialsOf("Ada");
  const vote = (judge: string, trial: string, choice: string) =>
    ask("POST", "/sums/votes", { judge, trial, choice });
  await vote("Ada", first?.id ?? "", "left");
  await vote("Ada", first?.id ?? "", "right");
  await vote("Bob", first?.id ?? "", "right");
  expect((await trialsOf("Ada"))[0]).toEqual(second);
  expect((await trialsOf("Bob"))[0]).toEqual(second);
  expect((await vote("Ada", '["scene-1","add","add"]', "tie")).status).toBe(404);
  const { preferences } = (await ask("GET", "/sums/preferences")).body;
  expect(preferences.votes).toBe(2);
  const people = preferences.agreements.find(({ judges }) => {
    return judges.join() === "Ada,Bob";
  });
  expect(people).toMatchObject({ count: 1, share: 1 });
  expect(preferences.agreements.map(({ judges }) => judges)).toContainEqual(["Ada", "score"]);
});
