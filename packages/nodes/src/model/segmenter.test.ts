import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { dataSegment } from "../data/segment.ts";
import { dataSegmentEach } from "../data/segment-each.ts";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { runContext } from "./node-run.fixture.ts";
import { modelSegmenter } from "./segmenter.ts";
import { squareBoxes, squares, tinyOnnx } from "./tiny-onnx.fixture.ts";

const red = { label: "red square", score: 1, box: squareBoxes.red };
const blue = { label: "blue square", score: 1, box: squareBoxes.blue };

describe.each(["sam", "sam2"] as const)("outlines of tiny-%s", (name) => {
  const checkpoint = tinyOnnx(name);

  test("are those of the objects in their boxes, not of all that they belong to", async () => {
    const context = runContext();
    const { model } = await modelSegmenter.run({}, { checkpoint }, context);
    const inputs = { image: squares(), objects: [red, blue], model };
    const limits = { leastArea: 0.002, mostArea: 0.4 };
    const { objects, masks } = await dataSegmentEach.run(inputs, limits, context);
    expect(objects).toEqual([red, blue]);
    const shares = masks.map(({ data }) => data.filter((value) => value > 0).length / 140);
    // The masks have a sixteenth of the input's side.
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(1.1);
    }
    const at = (x: number, y: number): number => 64 * y + x;
    expect(masks.map(({ data }) => [data[at(6, 5)], data[at(55, 42)], data[at(32, 24)]])).toEqual([
      [255, 0, 0],
      [0, 255, 0],
    ]);
  });

  test("of all objects make one mask", async () => {
    const context = runContext();
    const { model } = await modelSegmenter.run({}, { checkpoint }, context);
    const { mask } = await dataSegment.run(
      { image: squares(), objects: [red, blue], model },
      {},
      context,
    );
    expect([mask.data[64 * 5 + 6], mask.data[64 * 42 + 55]]).toEqual([255, 255]);
  });

  test("encode a picture once for all of its boxes", async () => {
    const context = runContext();
    const { model } = await modelSegmenter.run({}, { checkpoint }, context);
    const opened: string[] = [];
    const opener = {
      open(source: Parameters<typeof context.open>[0]) {
        opened.push(source.key.replace(/^.*\//, ""));
        return context.open(source);
      },
    };
    const picture = squares();
    for (const { box } of [red, blue]) await model.segment(opener, picture, box);
    expect(opened.filter((name) => name === "vision_encoder")).toHaveLength(1);
  });
});

test("a checkpoint that lacks one of the graphs is shown at the param", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "half-a-sam-"));
  await cp(tinyOnnx("sam").slice(4), folder, { recursive: true });
  await rm(path.join(folder, "onnx", "prompt_encoder_mask_decoder.onnx"));
  await expect(
    shownBy(modelSegmenter, () =>
      modelSegmenter.run({}, { checkpoint: `dir:${folder}` }, plainRun),
    ),
  ).rejects.toMatchObject({
    at: { path: "params.checkpoint" },
    what: expect.stringContaining("it has no prompt_encoder_mask_decoder.onnx"),
  });
  await rm(folder, { recursive: true });
});

test("a graph that cannot be opened says so, and what to do", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "broken-sam-"));
  await cp(tinyOnnx("sam").slice(4), folder, { recursive: true });
  await cp(path.join(folder, "config.json"), path.join(folder, "onnx", "vision_encoder.onnx"));
  const context = runContext();
  const { model } = await modelSegmenter.run({}, { checkpoint: `dir:${folder}` }, context);
  await expect(model.segment(context, squares(), squareBoxes.red)).rejects.toMatchObject({
    argument: "model",
    what: expect.stringMatching(/^vision_encoder\.onnx cannot be opened: /),
    hint: expect.stringContaining("models verify"),
  });
  await rm(folder, { recursive: true });
});
