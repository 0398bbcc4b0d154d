import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decisionsFile, openDataset, recordOf } from "@insightgraph/editing/datasets";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatasetLibrary } from "./dataset-library.ts";
import { pairRecord, pairsPicture, writePairs, writePublished } from "./pairs.fixture.ts";

let folder = "";
let libraries: ReturnType<typeof openDatasetLibrary>[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-library-"));
  await mkdir(at("work"));
});
afterEach(async () => {
  for (const library of libraries) await library.close();
  libraries = [];
  await rm(folder, { recursive: true });
});

const at = (...names: readonly string[]): string => path.join(folder, ...names);

function open() {
  const reach = { read: [at("work")], write: [at("work")], except: [] };
  const library = openDatasetLibrary({
    folder: at("work"),
    reach,
    indexes: at(`indexes-${libraries.length}`),
  });
  libraries.push(library);
  return library;
}

type Library = ReturnType<typeof open>;
const whole = async (library: Library, place = "pairs") => {
  await expect.poll(async () => (await library.facts(place)).isIndexed).toBe(true);
  return library.facts(place);
};
const keysOf = async (library: Library, query: object, place = "pairs") =>
  (await library.records(place, query, { offset: 0, limit: 99 })).records.map(({ key }) => key);
async function keysRead(): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const item of (await openDataset(at("work/pairs"))).items()) {
    keys.push(recordOf(item, await item.load()).key);
  }
  return keys;
}

test.each(["parquet", "imagefolder", "webdataset"])(
  "records of %s are counted, found and shown, those that the graph rejected as well",
  async (format) => {
    await writePairs(at("work/pairs"), format);
    const library = open();
    expect(await whole(library)).toMatchObject({
      ...{ records: 7, unreadable: 0, isRunning: false, canUndo: false },
      statuses: [
        { name: "kept", count: 6 },
        { name: "rejected", count: 1 },
      ],
      reasons: [{ name: "too blurred", count: 1 }],
      stages: [{ name: "check", count: 1 }],
      operations: [
        { name: "add", count: 4 },
        { name: "remove", count: 3 },
      ],
      scores: [{ name: "score", min: 0, max: 4.5 }],
    });
    expect(await keysOf(library, { status: ["rejected"] })).toEqual(["r9"]);
    expect(await keysOf(library, { operation: "remove", text: "CUP" })).toEqual(["r0", "r2", "r4"]);
    expect(await keysOf(library, { score: "score", min: 1, max: 2 })).toEqual(["r2", "r3", "r4"]);
    const sorted = { sort: "score", score: "score", descending: true } as const;
    expect((await keysOf(library, sorted)).slice(0, 2)).toEqual(["r9", "r5"]);
    const { pictures, fields: shown } = await library.record("pairs", "r1");
    expect(pictures).toEqual(["source_image", "edited_image", "mask_image"]);
    expect(shown).toMatchObject({ instruction: "remove cup 1", score: 0.5 });
    const asked = { key: "r1", field: "source_image" };
    const { bytes, mime } = await library.picture("pairs", asked);
    expect([mime, Buffer.from(bytes)]).toEqual(["image/png", await pairsPicture(2)]);
    const small = await library.picture("pairs", { ...asked, side: 16 });
    expect(await sharp(small.bytes).metadata()).toMatchObject({ format: "webp", width: 16 });
    expect(await library.list()).toEqual([{ path: "pairs", records: 6, isComplete: true }]);
  },
);

test("decisions hold for whoever reads the data set, and for the next server", async () => {
  await writePairs(at("work/pairs"));
  const library = open();
  await whole(library);
  await library.decide("pairs", ["r1", "r2"], "rejected");
  await library.decide("pairs", ["r9", "r0"], "accepted");
  expect(await keysRead()).toEqual(["r0", "r3", "r4", "r5", "r9"]);
  await library.close();
  const next = open();
  await whole(next);
  expect(await keysOf(next, { decision: ["rejected"] })).toEqual(["r1", "r2"]);
  expect(await next.nextUndecided("pairs", {}, -1)).toBe(3);
  expect(await next.nextUndecided("pairs", {}, 5)).toBeUndefined();
  await next.undo("pairs");
  await next.undo("pairs");
  await next.undo("pairs");
  expect((await next.facts("pairs")).canUndo).toBe(false);
  expect(await keysRead()).toEqual(["r0", "r1", "r2", "r3", "r4", "r5"]);
});

test("a decision is on the disk when it is acknowledged; a line that was cut off is forgotten", async () => {
  await writePairs(at("work/pairs"));
  const library = open();
  await whole(library);
  await library.decide("pairs", ["r1"], "rejected");
  const file = await decisionsFile(at("work/pairs"));
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(2);
  await appendFile(file, '{"set":[["r2",{"deci');
  const next = open();
  await whole(next);
  await next.decide("pairs", ["r3"], "rejected");
  expect(await keysRead()).toEqual(["r0", "r2", "r4", "r5"]);
});

test("near-duplicates are grouped, and all but one are rejected in one step", async () => {
  await writePairs(at("work/pairs"));
  const library = open();
  await whole(library);
  await library.findDuplicates("pairs", 0);
  await expect.poll(async () => (await library.facts("pairs")).duplicates?.isDone).toBe(true);
  expect((await library.facts("pairs")).duplicates).toMatchObject({ groups: 1, records: 2 });
  expect(await keysOf(library, { duplicates: true })).toEqual(["r3", "r5"]);
  await library.keepOne("pairs", "r5");
  expect(await keysOf(library, { decision: ["rejected"] })).toEqual(["r3"]);
  await library.undo("pairs");
  await library.keepOne("pairs", undefined);
  expect(await keysOf(library, { decision: ["rejected"] })).toEqual(["r5"]);
});

test("a data set that a run publishes anew is read anew", async () => {
  await writePairs(at("work/pairs"));
  const library = open();
  await whole(library);
  await rm(at("work/pairs"), { recursive: true });
  await writePublished(at("work/pairs"), "parquet", [await pairRecord(7, 3)], []);
  expect(await whole(library)).toMatchObject({ records: 1 });
  expect(await keysOf(library, {})).toEqual(["r7"]);
});

test("a data set is not closed while it is asked, however many others are opened", async () => {
  const places = Array.from({ length: 7 }, (_, at) => `set-${at}`);
  for (const place of places) await writePairs(at("work", place));
  const library = open();
  const page = { offset: 0, limit: 99 };
  const asked = Array.from({ length: 5 }, () => places)
    .flat()
    .map((place) => library.records(place, {}, page));
  for (const { total } of await Promise.all(asked)) expect(total).toBeLessThanOrEqual(7);
  const [first = ""] = places;
  await whole(library, first);
  const others = places.slice(1).map((place) => library.facts(place));
  await Promise.all([library.decide(first, ["r1"], "rejected"), ...others]);
  await whole(library, first);
  expect(await keysOf(library, { decision: ["rejected"] }, first)).toEqual(["r1"]);
  await library.close();
  expect(await readdir(at("indexes-0"))).toEqual([]);
});

test("the first decision, which makes a folder inside the data set, does not read it anew", async () => {
  await mkdir(at("work/plain"));
  const lines = ["a", "b"].map((key) => `${JSON.stringify({ key })}\n`).join("");
  await writeFile(at("work/plain/metadata.jsonl"), lines);
  const library = open();
  await whole(library, "plain");
  for (const key of ["a", "b"]) {
    await library.decide("plain", [key], "rejected");
    expect(await library.facts("plain")).toMatchObject({ isIndexed: true, records: 2 });
  }
});

test("lists that a killed process left are removed, and nothing else is", async () => {
  await writePairs(at("work/pairs"));
  await mkdir(at("indexes-0"));
  for (const name of ["records-00000000-0000-4000-8000-000000000000.db-wal", "mine.db"]) {
    await writeFile(at("indexes-0", name), "");
  }
  const library = open();
  await whole(library);
  await library.close();
  expect(await readdir(at("indexes-0"))).toEqual(["mine.db"]);
});

test("nothing out of reach is opened or shown, not by links and not by names in a data set", async () => {
  await writeFile(at("secret.png"), await pairsPicture(3));
  await mkdir(at("work/set"));
  await writeFile(
    at("work/set/metadata.jsonl"),
    `${JSON.stringify({ file_name: "../../secret.png", key: "a" })}\n`,
  );
  await symlink(folder, at("work/link"));
  const library = open();
  for (const place of [folder, "..", "link", "../secret.png", "nowhere"]) {
    await expect(library.facts(place), place).rejects.toMatchObject({ code: "dataset.unreadable" });
  }
  await whole(library, "set");
  const asked = { key: "a", field: "source_image" };
  for (const side of [{}, { side: 64 }]) {
    await expect(library.picture("set", { ...asked, ...side })).rejects.toMatchObject({
      code: "dataset.unreadable",
    });
  }
  await expect(library.record("set", "b")).rejects.toMatchObject({ code: "dataset.unreadable" });
});
