import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAnswerStore } from "./answer-store.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-answers-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("several may open and fill one file at the same time", async () => {
  const file = path.join(folder, "shared", "answers.db");
  const stores = await Promise.all(Array.from({ length: 6 }, () => openAnswerStore(file)));
  await Promise.all(
    stores.flatMap((store, at) =>
      Array.from({ length: 20 }, (_, round) =>
        store.put(`${at}-${round}`, `answer ${at} ${round}`),
      ),
    ),
  );
  const [first, last] = [stores[0], stores[5]];
  expect(await first?.get("5-19")).toBe("answer 5 19");
  expect(await last?.get("0-0")).toBe("answer 0 0");
  expect(await last?.get("none")).toBeUndefined();
  await last?.put("0-0", "another");
  expect(await first?.get("0-0")).toBe("another");
  for (const store of stores) store.close();
});

test("says where answers cannot be kept", async () => {
  const file = path.join(folder, "broken.db");
  await writeFile(file, "this is no database, and it is longer than a header of one".repeat(40));
  await expect(openAnswerStore(file)).rejects.toMatchObject({
    code: "endpoint.store",
    at: file,
    hint: expect.stringContaining("INSIGHTGRAPH_DATA"),
  });
});
