import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import type { ComparedInputs } from "./compared-pictures.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";

/** A metric between two pictures over an added model. */
interface ImageMetric {
  run(
    inputs: ComparedInputs,
    settings: { readonly checkpoint: string; readonly region: "all" | "inside" | "outside" },
    context: ReturnType<typeof runContext>,
  ): { readonly score: number } | Promise<{ readonly score: number }>;
}

/** What every such metric promises. @param checkpoint One that its node can open. */
export function addedMetricContract(
  metric: ImageMetric,
  checkpoint: () => string,
  { equal, added }: { readonly equal: number; readonly added: string },
): void {
  const scoreOf = async (
    inputs: ComparedInputs,
    region: "all" | "inside" | "outside" = "outside",
    named = checkpoint(),
  ) => {
    const logged: string[] = [];
    const context = { ...runContext(), log: (line: string) => void logged.push(line) };
    return { ...(await metric.run(inputs, { checkpoint: named, region }, context)), logged };
  };

  test("is at its best for equal pictures and worse for others", async () => {
    const { image, reference } = await heldOutEdit();
    const best = await scoreOf({ image, reference: image });
    expect(best.score).toBeCloseTo(equal, 6);
    const { score } = await scoreOf({ image, reference });
    expect(Math.abs(score - equal)).toBeGreaterThan(1e-4);
  });

  test("sees nothing of an edit outside its mask, and leaves a hole for an empty region", async () => {
    const { image, reference, mask } = await heldOutEdit();
    expect((await scoreOf({ image, reference, mask })).score).toBeCloseTo(equal, 6);
    const inside = await scoreOf({ image, reference, mask }, "inside");
    expect(Math.abs(inside.score - equal)).toBeGreaterThan(1e-4);
    const none = { ...mask, data: new Uint8Array(mask.data.length) };
    const hole = await scoreOf({ image, reference, mask: none }, "inside");
    expect(hole.score).toBeNaN();
    expect(hole.logged[0]).toContain("the region holds nothing");
  });

  test("leaves a hole without its model, and says how to add one", async () => {
    const { image, reference } = await heldOutEdit();
    const { score, logged } = await scoreOf({ image, reference }, "all", "not-added");
    expect(score).toBeNaN();
    expect(logged).toEqual([expect.stringContaining(added)]);
  });

  test("refuses a checkpoint of another model", async () => {
    const { image, reference } = await heldOutEdit();
    await expect(scoreOf({ image, reference }, "all", "insightedit-mini")).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
    });
  });
}
