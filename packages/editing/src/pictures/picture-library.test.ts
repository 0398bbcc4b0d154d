import { expect, test } from "vitest";
import { pictureLibrary } from "./picture-library.ts";

test("reads every format that image.load takes", () => {
  expect(pictureLibrary()).toEqual({
    sharp: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    libvips: expect.stringMatching(/^\d+\.\d+/),
    unread: [],
  });
});
