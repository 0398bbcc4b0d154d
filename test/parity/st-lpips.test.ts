import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { openPart } from "../../packages/editing/src/architectures.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { picturePairs } from "./metric-pictures.ts";
import { relativeError } from "./read-fixture.ts";

const file = new URL("../fixtures/parity/metrics/st-lpips.json", import.meta.url);
const { original, rounded } = JSON.parse(await readFile(file, "utf8"));
const pairs = [...(await picturePairs())];
const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());

describe.each(pairs)("ST-LPIPS of pictures with %s", (name, { picture, reference }) => {
  test("is that of the package: within rounding of its weights, near that of its own", async () => {
    const distance = await openPart("st-lpips", "perceptualDistance");
    const found = await distance.measure(pool, picture, reference);
    // Single precision through some thirty operators.
    expect(relativeError([found], [rounded[name]])).toBeLessThan(1e-5);
    // The shipped kernels are in half precision.
    expect(relativeError([found], [original[name]])).toBeLessThan(1e-3);
  });
});
