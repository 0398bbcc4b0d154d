import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createDecisions,
  type DecisionLine,
  decisionOn,
  decisionsFile,
  readDecisions,
} from "./decisions.ts";
import { openDataset, recordOf } from "./open-dataset.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-decisions-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function writeLines(place: string, ...lines: readonly DecisionLine[]): Promise<string> {
  const file = await decisionsFile(place);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

async function keysIn(place: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const item of (await openDataset(place)).items()) {
    keys.push(recordOf(item, await item.load()).key);
  }
  return keys;
}

const reject = (key: string, made = ""): DecisionLine => ({
  set: [[key, { decision: "rejected", made }]],
});

test("a data set is read without the records that a person rejected, whatever its format", async () => {
  const file = path.join(folder, "set.jsonl");
  await writeFile(file, ["a", "b", "c"].map((key) => `${JSON.stringify({ key })}\n`).join(""));
  await writeLines(file, reject("b"));
  expect(await keysIn(file)).toEqual(["a", "c"]);
  await writeLines(folder, reject("c"));
  expect(await keysIn(folder)).toEqual(["a", "b"]);
});

test("a decision is about a record as it was made then; made anew, it is undecided", () => {
  const { decisions, take } = createDecisions();
  take(reject("a", "1"));
  expect(decisionOn(decisions, "a", "1")).toBe("rejected");
  expect(decisionOn(decisions, "a", "2")).toBeUndefined();
});

test("a last line that was cut off holds for nobody; a damaged line is said with its number", async () => {
  const file = await writeLines(folder, reject("a"));
  await appendFile(file, '{"set":[["b"');
  expect([...(await readDecisions(folder)).keys()]).toEqual(["a"]);
  await appendFile(file, "\n");
  await expect(readDecisions(folder)).rejects.toMatchObject({
    what: expect.stringContaining("line 2"),
  });
});

test("undoing every step leaves nothing decided, in whatever order the steps came", () => {
  const key = fc.constantFrom("a", "b", "c");
  const decision = fc.constantFrom("accepted" as const, "rejected" as const, null);
  const steps = fc.array(fc.array(fc.tuple(key, decision), { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(steps, (all) => {
      const { decisions, take, last } = createDecisions();
      const seen: string[] = [];
      const shown = (): string => JSON.stringify([...decisions].toSorted());
      for (const step of all) {
        seen.push(shown());
        take({
          set: step.map(([name, chosen]) => [
            name,
            chosen === null ? null : { decision: chosen, made: "" },
          ]),
        });
      }
      for (const before of seen.toReversed()) {
        take({ undo: true });
        expect(shown()).toBe(before);
      }
      expect(last()).toBeUndefined();
      take({ undo: true });
      expect(decisions.size).toBe(0);
    }),
  );
});
