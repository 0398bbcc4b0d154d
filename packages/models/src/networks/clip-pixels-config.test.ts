import { describe, expect, test } from "vitest";
import { parseClipPixelsConfig } from "./clip-pixels-config.ts";

const clip = {
  resize: { shortest: 224 },
  kernel: "cubic",
  crop: [224, 224],
  scale: 1 / 255,
  mean: [0.48145466, 0.4578275, 0.40821073],
  deviation: [0.26862954, 0.26130258, 0.27577711],
};

describe("parseClipPixelsConfig", () => {
  test("reads sizes as numbers and as objects, and has CLIP's defaults", () => {
    expect(parseClipPixelsConfig({})).toEqual(clip);
    expect(parseClipPixelsConfig({ size: 224, crop_size: 224, resample: 3 })).toEqual(clip);
    const sides = { height: 30, width: 20 };
    const found = parseClipPixelsConfig({ size: sides, crop_size: sides, resample: 2 });
    expect(found).toEqual({ ...clip, kernel: "linear", resize: [30, 20], crop: [30, 20] });
  });

  test("leaves steps out", () => {
    const none = {
      do_resize: false,
      do_center_crop: false,
      do_rescale: false,
      do_normalize: false,
    };
    expect(parseClipPixelsConfig(none)).toEqual({
      resize: undefined,
      kernel: "cubic",
      crop: undefined,
      scale: 1,
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    });
  });

  test.each([
    [{ resample: 5 }, /config.unsupported at preprocessor_config.json: resample: filter 5/],
    [{ image_mean: [0.5, 0.5] }, /config.field.*image_mean: needs 3 numbers, found \[0.5,0.5\]/],
    [{ size: { longest_edge: 9 } }, /config.field.*size: height/],
  ])("refuses %j", (json, message) => {
    expect(() => parseClipPixelsConfig(json)).toThrow(message);
  });
});
