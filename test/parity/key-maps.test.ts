import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ldmUnet } from "../../packages/models/src/weights/key-maps/ldm-unet.ts";
import { ldmVae } from "../../packages/models/src/weights/key-maps/ldm-vae.ts";

const file = new URL("../fixtures/parity/key-maps/ldm.txt.gz", import.meta.url);
const pairs = gunzipSync(await readFile(file))
  .toString()
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(" ") as [string, string]);

describe.each([
  ["model.diffusion_model.", ldmUnet(), 686],
  ["first_stage_model.", ldmVae(), 248],
] as const)("keys under %s", (prefix, { rename }, atLeast) => {
  const own = pairs.filter(([original]) => original.startsWith(prefix));

  test("become what diffusers makes of them", () => {
    expect(own.length).toBeGreaterThanOrEqual(atLeast);
    expect(own.map(([original]) => [original, rename(original)])).toEqual(own);
  });

  test("are told apart: no two become one", () => {
    expect(new Set(own.map(([original]) => rename(original))).size).toBe(own.length);
  });
});
