import { expect, test } from "vitest";
import { dataCaption } from "../data/caption.ts";
import { dataExtractObjects } from "../data/extract-objects.ts";
import { dataJudge } from "../data/judge.ts";
import { flat, plainRun, shownBy } from "../plain-run.fixture.ts";
import { modelLocalAssistant } from "./local-assistant.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyOnnx } from "./tiny-onnx.fixture.ts";

const params = { checkpoint: tinyOnnx("smolvlm"), maxTokens: 16 };
const red = flat(20, 30, 250, 10, 10);
const blue = flat(40, 30, 10, 10, 250);

test("captions what it sees", async () => {
  const context = runContext();
  const { model } = await modelLocalAssistant.run({}, params, context);
  const captions = [red, blue].map(async (image) => dataCaption.run({ image, model }, {}, context));
  expect(await Promise.all(captions)).toEqual([
    { caption: "red picture" },
    { caption: "blue picture" },
  ]);
});

test("judges a pair; commas too many are read", async () => {
  const context = runContext();
  const { model } = await modelLocalAssistant.run({}, params, context);
  const asked = { instruction: "Make it blue.", scale: 5 };
  const judged = await dataJudge.run({ source: red, target: blue, model }, asked, context);
  expect(judged).toMatchObject({ sc: 3, pq: 2 });
  expect(JSON.parse(judged.report)).toMatchObject({ judge: params.checkpoint, scale: 5 });
});

test("asks twice where an answer is no JSON, then says what came", async () => {
  const context = runContext();
  const { model } = await modelLocalAssistant.run({}, params, context);
  await expect(
    shownBy(dataExtractObjects, () =>
      dataExtractObjects.run({ model }, { caption: "A red picture." }, context),
    ),
  ).rejects.toMatchObject({
    at: { path: "inputs.model" },
    what: expect.stringMatching(/was asked twice and answers "red picture/),
    hint: expect.stringContaining("larger model"),
  });
});

test("never writes more tokens than allowed", async () => {
  const context = runContext();
  const { model } = await modelLocalAssistant.run({}, { ...params, maxTokens: 1 }, context);
  expect(await dataCaption.run({ image: red, model }, {}, context)).toEqual({ caption: "red" });
});

test("stops between two tokens when the run is cancelled", async () => {
  const controller = new AbortController();
  const context = runContext(controller.signal);
  const { model } = await modelLocalAssistant.run({}, params, context);
  let steps = 0;
  const open: typeof context.open = async (source) => {
    const session = await context.open(source);
    if (!source.key.endsWith("/decoder_model_merged")) return session;
    return {
      ...session,
      run(feeds) {
        steps++;
        controller.abort(new Error("cancelled"));
        return session.run(feeds);
      },
    };
  };
  const captioning = dataCaption.run({ image: red, model }, {}, { ...context, open });
  await expect(captioning).rejects.toThrow("cancelled");
  expect(steps).toBe(1);
});

test("shows a checkpoint of another kind at its param", async () => {
  await expect(
    shownBy(modelLocalAssistant, () =>
      modelLocalAssistant.run({}, { ...params, checkpoint: tinyOnnx("sam") }, plainRun),
    ),
  ).rejects.toMatchObject({
    at: { path: "params.checkpoint" },
    what: expect.stringContaining("SamModel"),
  });
});
