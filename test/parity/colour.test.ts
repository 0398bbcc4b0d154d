import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { decodePicture } from "../../packages/editing/src/pictures.ts";

const folder = new URL("../fixtures/colour/", import.meta.url);

interface Expected {
  /** Base64 of 8-bit samples: red, green, blue in turn. */
  readonly colours: string;
  readonly opacity: string;
}

const expected: Readonly<Record<string, Expected>> = JSON.parse(
  await readFile(new URL("expected.json", folder), "utf8"),
);

function greatestDifference(samples: Uint8Array, base64: string): number {
  const wanted = Buffer.from(base64, "base64");
  expect(samples.length).toBe(wanted.length);
  return wanted.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (samples[at] ?? 0))),
    0,
  );
}

/** Pillow transforms profiles in 8 bits alone, so expected values of 16-bit pictures are rounded twice. */
function toleranceOf(name: string): number {
  return name.includes("-16-") ? 3 : 1;
}

test.each(Object.entries(expected))("%s is as Pillow shows it", async (name, wanted) => {
  const bytes = await readFile(new URL(name, folder));
  const { image, mask } = await decodePicture(bytes, { path: name, ground: undefined });
  expect(greatestDifference(image.data, wanted.colours)).toBeLessThanOrEqual(toleranceOf(name));
  expect(greatestDifference(mask.data, wanted.opacity)).toBeLessThanOrEqual(1);
});

test.each(["wide.tif", "nan.tif"])(
  "%s is refused, since its samples are not 0..1",
  async (name) => {
    const bytes = await readFile(new URL(`refused/${name}`, folder));
    await expect(decodePicture(bytes, { path: name, ground: undefined })).rejects.toMatchObject({
      code: "argument.unfit",
      argument: "path",
      what: expect.stringContaining("not from 0 to 1, such as "),
      hint: expect.stringContaining("8 or 16 bits"),
    });
  },
);
