import { appendFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { createJournal, openJournal } from "./journal.ts";

async function newPlace(): Promise<string> {
  return path.join(await mkdtemp(path.join(tmpdir(), "insightgraph-journal-")), "j.jsonl");
}

test("[D1] entries are there again, and a last line that was cut is dropped", async () => {
  const place = await newPlace();
  const journal = await createJournal(place, { n: 0 });
  await journal.append({ n: 1 });
  await appendFile(place, '{"n":');
  const again = await openJournal(place);
  expect(again.entries).toEqual([{ n: 0 }, { n: 1 }]);
  await again.journal.append({ n: 2 });
  expect((await openJournal(place)).entries).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
});

test("a journal is written anew and goes on", async () => {
  const place = await newPlace();
  const journal = await createJournal(place, { n: 0 });
  await journal.append({ n: 1 });
  await journal.rewrite({ n: 5 });
  await journal.append({ n: 6 });
  expect(await readFile(place, "utf8")).toBe('{"n":5}\n{"n":6}\n');
  expect(journal.size).toBe(16);
});
