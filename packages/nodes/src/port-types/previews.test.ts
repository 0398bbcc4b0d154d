import type { Picture } from "@insightgraph/editing/pictures";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { boolean } from "./boolean.ts";
import { image } from "./image.ts";
import { mask } from "./mask.ts";
import { number } from "./number.ts";
import { text } from "./text.ts";

const wide: Picture = {
  width: 1024,
  height: 2,
  channels: 3,
  data: new Uint8Array(1024 * 2 * 3).fill(90),
};

describe("the image port type", () => {
  test("distinguishes pictures of equal bytes and different shape", () => {
    const tall = { ...wide, width: 2, height: 1024 };
    expect(image.hash?.(tall)).not.toEqual(image.hash?.(wide));
    expect(image.hash?.({ ...wide, data: Uint8Array.from(wide.data) })).toEqual(image.hash?.(wide));
  });

  test("previews as a WebP of at most 512 px", async () => {
    const preview = await image.preview?.(wide);
    expect(preview).toMatchObject({ kind: "image", mime: "image/webp" });
    const base64 = preview?.kind === "image" ? preview.base64 : "";
    const { width, height, format } = await sharp(Buffer.from(base64, "base64")).metadata();
    expect([width, height, format]).toEqual([512, 1, "webp"]);
  });
});

test("previews a mask in grey and a text as itself", async () => {
  const preview = await mask.preview?.({ width: 2, height: 1, data: Uint8Array.of(0, 255) });
  const base64 = preview?.kind === "image" ? preview.base64 : "";
  const grey = await sharp(Buffer.from(base64, "base64")).greyscale().raw().toBuffer();
  expect([...grey]).toEqual([0, 255]);
  expect(text.preview?.("remove the apple")).toEqual({ kind: "text", text: "remove the apple" });
});

test("previews a number as it is written", () => {
  expect(number.preview?.(0.5)).toEqual({ kind: "text", text: "0.5" });
  expect(number.hash?.(0.5)).not.toEqual(number.hash?.(0.25));
});

test("previews a truth value in words", () => {
  expect([true, false].map((value) => boolean.preview?.(value))).toEqual([
    { kind: "text", text: "yes" },
    { kind: "text", text: "no" },
  ]);
  expect(boolean.hash?.(true)).not.toEqual(boolean.hash?.(false));
});
