import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { serve } from "./served-jobs.fixture.ts";

const graph = {
  format: "insightgraph",
  version: 1,
  nodes: { words: { type: "text.value", version: 1, params: { text: "0" } } },
};

async function call(address: string, method: string, place: string, body?: object) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const reply = await fetch(`${address}/api/documents${place}`, init);
  return (await reply.json()) as {
    document: { id: string; version: number; undoSteps: number; graph: typeof graph };
  };
}

function setText(value: string) {
  return [{ op: "replace", path: ["nodes", "words", "params", "text"], value }];
}

test("[D1] kill -9 in the middle of edits: no acknowledged edit is lost, none is doubled", async () => {
  const commandLine = await createCommandLine();
  const file = path.join(commandLine.folder, "words.json");
  const text = `${JSON.stringify(graph)}\n`;
  await writeFile(file, text);
  let acknowledged = 0;
  let id = "";
  for (let kill = 0; kill < 5; kill++) {
    const served = await serve(commandLine, "words.json");
    const { document } = await call(served.address, "POST", "", { file: "words.json" });
    if (kill > 0) expect(document.id).toBe(id);
    id = document.id;
    const { version, graph: found } = (await call(served.address, "GET", `/${id}`)).document;
    expect(found.nodes.words.params.text).toBe(`${version}`);
    // The edit that was under way when the server died may have arrived, too.
    expect([acknowledged, acknowledged + 1]).toContain(version);
    acknowledged = version;
    const killAfter = acknowledged + 1 + Math.floor(Math.random() * 20);
    const edit = async (next: number): Promise<void> => {
      const request = { version: acknowledged, patches: setText(`${next}`) };
      const edited = await call(served.address, "PATCH", `/${id}`, request);
      acknowledged = edited.document.version;
    };
    while (acknowledged < killAfter) await edit(acknowledged + 1);
    const last = edit(acknowledged + 1).catch(() => {});
    await served.stop("SIGKILL");
    await last;
  }
  const served = await serve(commandLine, "words.json");
  const { version, undoSteps } = (await call(served.address, "GET", `/${id}`)).document;
  expect(undoSteps).toBe(version);
  // Nobody has saved: the workspace file is as it was.
  expect(await readFile(file, "utf8")).toBe(text);
  await served.stop("SIGTERM");
  await commandLine.remove();
});
