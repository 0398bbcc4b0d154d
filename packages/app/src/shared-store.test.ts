import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "./command-line.fixture.ts";

const variable = "INSIGHTGRAPH_STORE";
const graph = JSON.stringify({
  format: "insightgraph",
  version: 1,
  nodes: { words: { type: "text.value", version: 1, params: { text: "shared" } } },
  outputs: { words: { node: "words", output: "text" } },
});

let machines: readonly CommandLine[] = [];

/** Runs the graph on one of the machines, each with a cache of its own. */
async function runOn(machine: number, store: string) {
  process.env[variable] = store;
  const line = machines[machine];
  if (line === undefined) throw new RangeError(`there is no machine ${machine}`);
  return line.run("run", "words.json");
}

beforeAll(async () => {
  machines = [await createCommandLine(), await createCommandLine()];
  for (const { folder } of machines) await writeFile(path.join(folder, "words.json"), graph);
});
afterEach(() => {
  delete process.env[variable];
});
afterAll(() => Promise.all(machines.map((line) => line.remove())));

test("what one machine computed, another takes from the store that both name", async () => {
  const store = path.join(machines[0]?.folder ?? "", "shared");
  const first = await runOn(0, store);
  expect(first).toMatchObject({ code: 0, out: "words: shared\n" });
  expect(first.errors).not.toContain("words: unchanged");
  const second = await runOn(1, store);
  expect(second).toMatchObject({ code: 0, out: "words: shared\n" });
  expect(second.errors).toContain("words: unchanged");

  process.env[variable] = store;
  // Of a run with workers that was given up.
  await mkdir(path.join(store, "runs/given-up"), { recursive: true });
  await writeFile(path.join(store, "runs/given-up/file"), "");
  const sweep = (days: string) => machines[1]?.run("cache", "sweep", "--older-than", days);
  expect((await sweep("1"))?.out).toMatch(/^removed 0 results/);
  expect((await sweep("0"))?.out).toMatch(/^removed 2 results/);
  expect(await readdir(path.join(store, "results"))).toEqual([]);
  expect(await readdir(path.join(store, "runs/given-up"))).toEqual([]);
});

test("a wrong address is told before anything runs", async () => {
  const { code, errors } = await runOn(0, "gs://bucket");
  expect(code).toBe(1);
  expect(errors).toMatch(/^objects\.place: "gs:\/\/bucket": gs is not known here\. Hint: /);
});

test("without its store, a run goes on and says so once", async () => {
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9", AWS_REGION: "us-east-1" },
    ...{ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_MAX_ATTEMPTS: "1" },
  });
  await machines[0]?.run("cache", "clear");
  const { code, out, errors } = await runOn(0, "s3://bucket");
  expect({ code, out }).toEqual({ code: 0, out: "words: shared\n" });
  expect(errors.match(/cache\.unavailable at s3:\/\/bucket\//g)).toHaveLength(1);
});
