import { expect, test } from "vitest";
import { openCv } from "./open-cv.ts";

test("loading OpenCV leaves the process's listeners for faults as they are", async () => {
  const listeners = () => [
    ...process.rawListeners("uncaughtException"),
    ...process.rawListeners("unhandledRejection"),
  ];
  const before = listeners();
  const { cv } = await openCv();
  expect(cv.Mat).toBeDefined();
  expect(listeners()).toEqual(before);
});
