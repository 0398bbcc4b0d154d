import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { type Served, serve } from "./served-jobs.fixture.ts";
import { openServerClient, type ServerClient } from "./server-client.ts";
import { followJob } from "./server-host.ts";

const commandLine = await createCommandLine();
const at = (...parts: string[]): string => path.join(commandLine.folder, ...parts);
let served: Served;
let client: ServerClient;

beforeAll(async () => {
  for (const folder of ["work", "outside", "allowed"]) await mkdir(at(folder));
  await writeFile(at("work/graph.json"), '{"format":"insightgraph","version":1,"nodes":{}}');
  await writeFile(at("outside/notes.txt"), "mine");
  await symlink(at("outside"), at("work/way-out"));
  served = await serve(commandLine, "work/graph.json", "--allow-path", "allowed");
  client = openServerClient(served.address);
});
afterAll(async () => {
  await served.stop("SIGTERM");
  await commandLine.remove();
});

/** How a job ends that saves a text. */
async function save(file: string, requestId: string) {
  const words = { type: "text.value", version: 1, params: { text: "theirs" } };
  const params = { path: file, existing: "replace" };
  const inputs = { text: { node: "words", output: "text" } };
  const nodes = { words, save: { type: "text.save", version: 2, params, inputs } };
  const graph = { format: "insightgraph", version: 1, nodes } as const;
  const submitted = await client.submit({ graph, client: "test", requestId });
  if ("issues" in submitted) throw new Error(submitted.issues[0]?.what);
  return followJob(client, submitted.job.id, () => {});
}

test("[A4] a job writes in the workspace and in allowed folders, and nowhere else", async () => {
  for (const file of ["note.txt", at("allowed/note.txt")]) {
    expect(await save(file, file)).toMatchObject({ type: "run-finished" });
  }
  for (const file of [
    ...["../outside/notes.txt", at("outside/notes.txt"), "way-out/notes.txt"],
    at("data/note.txt"),
  ]) {
    expect(await save(file, file)).toMatchObject({
      error: { code: "node.bad-input", nodeId: "save", path: "params.path" },
    });
  }
  expect(await readFile(at("outside/notes.txt"), "utf8")).toBe("mine");
  expect(await readFile(at("work/note.txt"), "utf8")).toBe("theirs");
});

test("[A4] a job reads no folder outside, neither pictures nor a checkpoint", async () => {
  const pictures = { type: "list.images", version: 1, params: { folder: at("outside") } };
  const checkpoint = `dir:${at("outside")}`;
  const model = { type: "model.insightedit", version: 1, params: { checkpoint } };
  for (const [requestId, node] of Object.entries({ pictures, model })) {
    const graph = { format: "insightgraph", version: 1, nodes: { node } } as const;
    const submitted = await client.submit({
      ...{ graph, client: "test", requestId, outputs: ["node"] },
    });
    if ("issues" in submitted) throw new Error(submitted.issues[0]?.what);
    expect(await followJob(client, submitted.job.id, () => {})).toMatchObject({
      error: { code: "node.bad-input", what: expect.stringContaining("outside the folders") },
    });
  }
});
