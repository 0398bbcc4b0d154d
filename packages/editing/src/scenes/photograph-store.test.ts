import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { photographs } from "./photograph-list.ts";
import { openPhotographs } from "./photograph-store.ts";

const folder = fileURLToPath(new URL("../../data/photographs/", import.meta.url));
const licences = new URL("../../../../docs/data-licences.md", import.meta.url);

/** The photograph that a crop was cut from. */
function origin(file: string): string {
  return file.replace(/-\d+\.webp$/, "");
}

function originsIn(split: "train" | "evaluation"): Set<string> {
  const files = photographs.filter((photograph) => photograph.split === split);
  return new Set(files.map(({ file }) => origin(file)));
}

describe("the list of photographs", () => {
  test("names, in order, what stands in the folder and nothing else", async () => {
    const files = (await readdir(folder)).sort();
    expect(photographs.map(({ file }) => file)).toEqual(files);
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  test("keeps about one photograph in five, with all its crops, for evaluation", () => {
    const train = originsIn("train");
    const evaluation = originsIn("evaluation");
    expect([...evaluation].filter((name) => train.has(name))).toEqual([]);
    const share = evaluation.size / (train.size + evaluation.size);
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
  });

  test("credits exactly its photographs", async () => {
    const text = await readFile(licences, "utf8");
    const [, section = ""] = text.split("## Background photographs\n");
    const [table = ""] = section.split("\n## ");
    const credited = [...table.matchAll(/^\| `([a-z-]+)` /gm)].map((match) => match[1]);
    const names = [...new Set(photographs.map(({ file }) => origin(file)))];
    expect(credited.sort()).toEqual(names.sort());
  });

  test("holds square pictures of one side", async () => {
    const sides = await Promise.all(
      photographs.map(async ({ file }) => {
        const { width, height } = await sharp(folder + file).metadata();
        return `${width}x${height}`;
      }),
    );
    expect(new Set(sides)).toEqual(new Set(["160x160"]));
  });
});

describe("openPhotographs", () => {
  test("gives the pixels of a file as they are at its own size", async () => {
    const store = await openPhotographs(160);
    const index = photographs.findIndex(({ file }) => file === "red-dune-4.webp");
    const expected = await sharp(`${folder}red-dune-4.webp`).raw().toBuffer();
    expect(Buffer.from(store.at(index)).equals(expected)).toBe(true);
  });

  test("scales every photograph, keeping its mean colour", async () => {
    const small = await openPhotographs(20);
    const large = await openPhotographs(160);
    for (const index of photographs.keys()) {
      expect(small.at(index)).toHaveLength(20 * 20 * 3);
      for (const channel of [0, 1, 2]) {
        const difference = mean(small.at(index), channel) - mean(large.at(index), channel);
        // Lanczos keeps the mean but for the picture's rim.
        expect(Math.abs(difference)).toBeLessThan(2);
      }
    }
  });

  test("refuses an index outside the list", async () => {
    const store = await openPhotographs(8);
    expect(() => store.at(photographs.length)).toThrow(RangeError);
    expect(() => store.at(-1)).toThrow("there is no photograph -1");
  });
});

function mean(data: Float32Array, channel: number): number {
  let sum = 0;
  for (let i = channel; i < data.length; i += 3) sum += data[i] ?? 0;
  return sum / (data.length / 3);
}
