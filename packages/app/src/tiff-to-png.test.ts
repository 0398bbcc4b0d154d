import { decodePicture } from "@insightgraph/editing/pictures";
import { expect, test } from "vitest";
import { tiffToPng } from "./tiff-to-png.ts";

/** Two by two pixels: red, green, blue and nearly black. */
const tiff = Buffer.from(
  "SUkqABQAAAD6AAAA+gAAAPoJCQkPAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwADAAAA3gAAAAMBAwABAAAAAQAAAAYBAwABAAAAAgAAABEBBAABAAAACAAAABIBAwABAAAAAQAAABUBAwABAAAAAwAAABYBAwABAAAAAAEAABcBBAABAAAADAAAABoBBQABAAAAzgAAABsBBQABAAAA1gAAABwBAwABAAAAAQAAACgBAwABAAAAAgAAAFMBAwADAAAA5AAAAAAAAAAzM8sAAAAIADMzywAAAAgACAAIAAgAAQABAAEA",
  "base64",
);

test("a TIFF becomes a PNG of the same pixels", async () => {
  const png = await tiffToPng(tiff);
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe("PNG");
  const { image } = await decodePicture(png, { path: "PNG", ground: undefined });
  expect(image).toMatchObject({ width: 2, height: 2 });
  expect([...image.data]).toEqual([250, 0, 0, 0, 250, 0, 0, 0, 250, 9, 9, 9]);
});

test("a damaged TIFF is refused", async () => {
  await expect(tiffToPng(tiff.subarray(0, 40))).rejects.toThrow();
});
