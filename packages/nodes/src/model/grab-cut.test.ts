import { expect, test } from "vitest";
import { dataSegment } from "../data/segment.ts";
import { plainRun } from "../plain-run.fixture.ts";
import { modelGrabCut } from "./grab-cut.ts";
import { squares } from "./tiny-onnx.fixture.ts";

test("is what data.segment does by itself", async () => {
  const { model } = await modelGrabCut.run({}, {}, plainRun);
  const red = { label: "red", score: 1, box: { left: 0, top: 0, right: 17, bottom: 13 } };
  const inputs = { image: squares(), objects: [red] };
  const { mask } = await dataSegment.run({ ...inputs, model }, {}, plainRun);
  expect(mask.data.filter((value) => value === 255)).toHaveLength(140);
  expect(await dataSegment.run(inputs, {}, plainRun)).toEqual({ mask });
});
