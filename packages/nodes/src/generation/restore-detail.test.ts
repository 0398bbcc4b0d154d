import type { Picture } from "@insightgraph/editing/pictures";
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

const settings = { threshold: 32, leastArea: 12, grow: 2 };
/** A gradient with fine grain, which no small picture can hold. */
const grain = (x: number, y: number): number => 90 + x / 4 + ((x * 7 + y * 13) % 5);
const original = paint(256, grain);
/** The same at a quarter, a little off everywhere, with a bright square of 16 in the middle. */
const edited = paint(64, (x, y) => {
  const isInside = Math.abs(x - 31.5) < 8 && Math.abs(y - 31.5) < 8;
  return isInside ? 240 : grain(x * 4, y * 4) + ((x + y) % 3) - 1;
});

describe("generation.restore-detail", () => {
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
