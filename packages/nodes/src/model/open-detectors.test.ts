import { describe, expect, test } from "vitest";
import { dataDetect } from "../data/detect.ts";
import { dataGround } from "../data/ground.ts";
import { dataParseInstruction } from "../data/parse-instruction.ts";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { modelDetector } from "./detector.ts";
import { runContext } from "./node-run.fixture.ts";
import { squareBoxes, squares, tinyOnnx } from "./tiny-onnx.fixture.ts";

const named = (name: string) => ({ category: "thing", name, description: `A ${name}.` });

describe.each(["grounding-dino", "owlvit"] as const)("a detector of words, %s", (name) => {
  const checkpoint = tinyOnnx(name);

  test("finds what data.ground names, each in its own place", async () => {
    const context = runContext();
    const { model } = await modelDetector.run({}, { checkpoint }, context);
    const objects = [named("Blue cup"), named("red cup"), named("green dog")];
    const found = await dataGround.run(
      { image: squares(), objects, model },
      { threshold: 0.35 },
      context,
    );
    expect(found.objects.map(({ label, box }) => ({ label, box }))).toEqual([
      { label: "Blue cup", box: squareBoxes.blue },
      { label: "red cup", box: squareBoxes.red },
    ]);
    expect(found.others).toEqual([]);
  });

  test("finds what data.detect names, whether or not a table knows it", async () => {
    const context = runContext();
    const { model } = await modelDetector.run({}, { checkpoint }, context);
    const params = { kind: "red", all: true, threshold: 0.35 };
    const { objects } = await dataDetect.run({ image: squares(), model }, params, context);
    expect(objects.map(({ box }) => box)).toEqual([squareBoxes.red]);
  });

  test("is reached by an instruction whose object no table knows", async () => {
    const context = runContext();
    const { model } = await modelDetector.run({}, { checkpoint }, context);
    const asked = { instruction: "remove the blue" };
    const { kind, all } = await dataParseInstruction.run({}, asked, context);
    const params = { kind, all, threshold: 0.35 };
    const { objects } = await dataDetect.run({ image: squares(), model }, params, context);
    expect(objects.map(({ box }) => box)).toEqual([squareBoxes.blue]);
  });

  test("says that nothing is found where nothing is", async () => {
    const context = runContext();
    const { model } = await modelDetector.run({}, { checkpoint }, context);
    const params = { kind: "green", all: true, threshold: 0.35 };
    await expect(
      shownBy(dataDetect, () => dataDetect.run({ image: squares(), model }, params, context)),
    ).rejects.toMatchObject({ at: { path: "inputs.image" } });
  });

  test("looks for more words than one text holds", async () => {
    const { model } = await modelDetector.run({}, { checkpoint }, plainRun);
    const labels = [...Array.from({ length: 150 }, (_, at) => `dog ${at}`), "blue"];
    const found = await model.detect(runContext(), squares(), { threshold: 0.5, labels });
    expect(found.map(({ label, box }) => [label, box])).toEqual([["blue", squareBoxes.blue]]);
  });

  test("has to be given words", async () => {
    const { model } = await modelDetector.run({}, { checkpoint }, plainRun);
    expect(model.labels).toBeUndefined();
    await expect(model.detect(runContext(), squares(), { threshold: 0.5 })).rejects.toMatchObject({
      argument: "kind",
    });
  });

  test("is another checkpoint, another fingerprint", async () => {
    const print = await modelDetector.fingerprint?.({ checkpoint });
    expect(print).not.toBe(await modelDetector.fingerprint?.({ checkpoint: "nanodet-coco" }));
  });
});
