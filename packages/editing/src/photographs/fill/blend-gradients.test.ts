import { expect, test } from "vitest";
import { blendGradients } from "./blend-gradients.ts";
import { depthIn, type Level, targetsOf } from "./level.ts";
import { measure } from "./patch-match.ts";

const size = { width: 40, height: 24 } as const;
const count = size.width * size.height;
const isHole = (at: number): boolean => {
  const [x, y] = [at % size.width, Math.floor(at / size.width)];
  return x >= 24 && x < 34 && y >= 8 && y < 16;
};

/** A plane of grey values in which a hole was filled with those that lie 14 pixels further left. */
function filled(valueAt: (x: number, y: number) => number) {
  const hole = Uint8Array.from({ length: count }, (_, at) => (isHole(at) ? 1 : 0));
  const pixels = Uint8Array.from({ length: 3 * count }, (_, i) => {
    const at = Math.floor(i / 3);
    const x = (at % size.width) - (isHole(at) ? 14 : 0);
    return valueAt(x, Math.floor(at / size.width));
  });
  const barred = new Uint8Array(count);
  const level: Level = { ...size, pixels, hole, barred, depth: depthIn({ ...size, hole }) };
  const targets = targetsOf(level);
  const nearest = new Int32Array(count).fill(-1);
  for (const at of targets) nearest[at] = at - 14;
  const field = {
    targets,
    nearest,
    error: new Float32Array(count),
    isSource: new Uint8Array(count),
  };
  measure(level, field);
  return { level, field };
}

function worstOff(level: Level, valueAt: (x: number, y: number) => number): number {
  const away = Array.from({ length: count }, (_, at) => {
    const value = valueAt(at % size.width, Math.floor(at / size.width));
    return Math.abs((level.pixels[3 * at] ?? 0) - value);
  });
  return Math.max(...away);
}

test("a texture under another light goes over into its surroundings", async () => {
  const valueAt = (x: number, y: number): number => 40 + 3 * x + ((x + y) % 2) * 20;
  const { level, field } = filled(valueAt);
  expect(worstOff(level, valueAt)).toBe(42);
  await blendGradients(level, field);
  expect(worstOff(level, valueAt)).toBeLessThanOrEqual(6);
});

test("pixels outside of the hole stay as they are", async () => {
  const { level, field } = filled((x, y) => (x * 37 + y * 91) % 256);
  const before = Uint8Array.from(level.pixels);
  await blendGradients(level, field);
  const changed = before.filter(
    (value, i) => !isHole(Math.floor(i / 3)) && value !== level.pixels[i],
  );
  expect(changed).toHaveLength(0);
});
