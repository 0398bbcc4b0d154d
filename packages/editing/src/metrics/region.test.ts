import { describe, expect, test } from "vitest";
import type { Mask, Picture } from "../pictures/picture.ts";
import { l1 } from "./l1.ts";
import { l2 } from "./l2.ts";
import { measureIou } from "./mask-iou.ts";
import { msSsim } from "./ms-ssim.ts";
import { psnr } from "./psnr.ts";
import { ssim } from "./ssim.ts";

const side = 192;

function paint(value: (x: number, y: number) => number, width = side): Picture {
  const data = Uint8Array.from({ length: width * side * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % width, Math.floor(pixel / width));
  });
  return { width, height: side, channels: 3, data };
}

function maskWhere(isInside: (x: number, y: number) => boolean, value = 255): Mask {
  const data = Uint8Array.from({ length: side * side }, (_, at) => {
    return isInside(at % side, Math.floor(at / side)) ? value : 0;
  });
  return { width: side, height: side, data };
}

const waves = paint((x, y) => 128 + 60 * Math.sin(x / 2) * Math.cos(y / 3));
const changed = paint((x, y) => (x < 60 ? 90 : (waves.data[(y * side + x) * 3] ?? 0)));
const edited = maskWhere((x) => x < 60);
const metrics = [psnr, ssim, msSsim, l1, l2];

describe.each(metrics)("$name", (metric) => {
  const best = metric.direction === "higher" ? (metric.range[1] ?? 0) : 0;

  test("is at its best for equal pictures", () => {
    expect(metric.measure(waves, waves)).toBeCloseTo(best, 12);
  });

  test("is the same over a mask that selects everything as without one", () => {
    const everything = { mask: maskWhere(() => true), side: "inside" } as const;
    expect(metric.measure(changed, waves, everything)).toBe(metric.measure(changed, waves));
  });

  test("is worse inside the change than over the whole picture", () => {
    const whole = metric.measure(changed, waves);
    const inside = metric.measure(changed, waves, { mask: edited, side: "inside" });
    expect(inside < whole).toBe(metric.direction === "higher");
    expect(inside).not.toBe(whole);
  });

  test("is NaN over nothing", () => {
    const nothing = { mask: edited, side: "inside" } as const;
    const empty = { ...nothing, mask: maskWhere(() => false) };
    expect(metric.measure(changed, waves, empty)).toBeNaN();
  });

  test("refuses a reference and a mask of other sizes", () => {
    const narrow = paint(() => 0, 180);
    expect(() => metric.measure(waves, narrow)).toThrow(
      "argument.unfit at reference: it has 180 x 192 pixels instead of 192 x 192.",
    );
    const wide = { mask: edited, side: "outside" } as const;
    expect(() => metric.measure(narrow, narrow, wide)).toThrow("argument.unfit at mask");
  });
});

test("a metric of single pixels sees nothing of the other side", () => {
  const outside = { mask: edited, side: "outside" } as const;
  expect(psnr.measure(changed, waves, outside)).toBe(Number.POSITIVE_INFINITY);
  expect(l1.measure(changed, waves, outside)).toBe(0);
});

test("a mask selects a pixel from 128 on", () => {
  const score = (value: number): number =>
    l1.measure(changed, waves, { mask: maskWhere((x) => x < 20, value), side: "inside" });
  expect(score(127)).toBeNaN();
  expect(score(128)).toBeGreaterThan(0);
});

test.each([
  [ssim, 11],
  [msSsim, 176],
])("$name refuses pictures smaller than its windows", (metric, least) => {
  const size = { width: least - 1, height: 200, channels: 3 } as const;
  const small = { ...size, data: new Uint8Array((least - 1) * 200 * 3) };
  expect(() => metric.measure(small, small)).toThrow(`needs ${least} a side`);
});

test("IoU counts what both select over what either does, and knows nothing of two empty masks", () => {
  const [left, middle] = [maskWhere((x) => x < 40), maskWhere((x) => x >= 20 && x < 60)];
  expect(measureIou(left, middle)).toBeCloseTo(20 / 60, 12);
  const none = maskWhere(() => false);
  expect(measureIou(left, none)).toBe(0);
  expect(measureIou(none, none)).toBeNaN();
});
