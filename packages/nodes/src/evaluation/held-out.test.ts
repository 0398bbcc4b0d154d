import { expect, it } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { evaluateHeldOut } from "./held-out.ts";

const settings = {
  ...{ checkpoint: "insightedit-mini", count: 3, steps: 1 },
  ...{ textGuidance: 1, imageGuidance: 1, hasAdapter: true },
};

it("edits the first held-out scenes, counts them, and shows each as a row of three", async () => {
  const context = runContext();
  const { gallery, scores, success } = await evaluateHeldOut.run({}, settings, context);
  expect(context.steps).toHaveLength(3);
  expect(scores).toMatch(/^all +3 /m);
  expect(scores).toContain("replace");
  expect([0, 1 / 3, 2 / 3, 1]).toContain(success);
  expect(gallery.width).toBe(3 * 420);
});

it("stops between two edits", async () => {
  const stop = new AbortController();
  const context = { ...runContext(stop.signal), progress: () => stop.abort() };
  await expect(evaluateHeldOut.run({}, settings, context)).rejects.toThrow(/abort/i);
});
