import type { Picture } from "@insightgraph/editing/pictures";
import { parseGraph } from "@insightgraph/engine/graph";
import { migrateGraph } from "@insightgraph/engine/node";
import { describe, expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { generationRestoreDetail } from "./restore-detail.ts";

const paint = (side: number, value: (x: number, y: number) => number): Picture => ({
  ...{ width: side, height: side, channels: 3 },
  data: Uint8Array.from({ length: side * side * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % side, Math.floor(pixel / side));
  }),
});

const settings = { threshold: 32, leastArea: 12, grow: 2, fill: true };
/** A gradient with fine grain, which no small picture can hold. */
const grain = (x: number, y: number): number => 90 + x / 4 + ((x * 7 + y * 13) % 5);
const original = paint(256, grain);
/** The same at a quarter, a little off everywhere, with a bright square of 16 in the middle. */
const edited = paint(64, (x, y) => {
  const isInside = Math.abs(x - 31.5) < 8 && Math.abs(y - 31.5) < 8;
  return isInside ? 240 : grain(x * 4, y * 4) + ((x + y) % 3) - 1;
});

describe("generation.restore-detail", () => {
  test("fills what the edit removed, unless it is told not to", async () => {
    const square = (x: number, y: number, side: number): boolean =>
      Math.abs(x - side / 2) < side / 8 && Math.abs(y - side / 2) < side / 8;
    const before = paint(256, (x, y) => (square(x, y, 256) ? 250 : grain(x, y)));
    const after = paint(64, (x, y) => grain(x * 4, y * 4) + (square(x, y, 64) ? 12 : 0));
    const run = (fill: boolean) =>
      generationRestoreDetail.run(
        { original: before, edited: after },
        { ...settings, fill },
        plainRun,
      );
    const wanted = grain(128, 128);
    const error = ({ image }: { image: Picture }): number =>
      Math.abs((image.data[(128 * 256 + 128) * 3] ?? 0) - wanted);
    expect(error(await run(false))).toBeGreaterThan(8);
    expect(error(await run(true))).toBeLessThan(8);
  });

  test("opens graphs of the first version, which never filled", () => {
    const node = { type: "generation.restore-detail", version: 1, params: { grow: 3 } };
    const graph = parseGraph({ format: "insightgraph", version: 1, nodes: { node } });
    const types = new Map([[generationRestoreDetail.type, generationRestoreDetail]]);
    expect(migrateGraph(graph, types).nodes["node"]).toMatchObject({
      ...{ version: 2, params: { grow: 3, fill: false } },
    });
  });

  test("keeps every bit outside the change, and shows the edit inside it", async () => {
    const { image, mask } = await generationRestoreDetail.run(
      { original, edited },
      settings,
      plainRun,
    );
    const at = (x: number, y: number): number => (y * 256 + x) * 3;
    expect([image.width, image.height]).toEqual([256, 256]);
    const isUntouched = (value: number, place: number): boolean =>
      (mask.data[Math.floor(place / 3)] ?? 0) > 0 || value === original.data[place];
    expect(image.data.every(isUntouched)).toBe(true);
    expect(image.data[at(128, 128)]).toBeGreaterThan(235);
    const kept = mask.data.filter((share) => share === 0).length / mask.data.length;
    expect(kept).toBeGreaterThan(0.85);
  });

  test("gives the original back, to the bit, where only the autoencoder's loss is left", async () => {
    const loss = paint(64, (x, y) => grain(x * 4, y * 4) + ((x * y) % 9) - 4);
    const { image } = await generationRestoreDetail.run(
      { original, edited: loss },
      settings,
      plainRun,
    );
    expect(image.data).toEqual(original.data);
  });

  test("takes a change of few pixels for noise", async () => {
    const speck = paint(64, (x, y) => (x === 20 && y === 20 ? 255 : grain(x * 4, y * 4)));
    const { image } = await generationRestoreDetail.run(
      { original, edited: speck },
      settings,
      plainRun,
    );
    expect(image.data).toEqual(original.data);
  });

  test("works on pictures that are not square", async () => {
    const wide = { ...paint(64, grain), width: 128, height: 32 };
    const { image } = await generationRestoreDetail.run(
      { original: wide, edited },
      settings,
      plainRun,
    );
    expect([image.width, image.height]).toEqual([128, 32]);
  });
});
