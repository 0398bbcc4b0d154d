import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { mute, picture } from "./assistant.fixture.ts";
import { dataCaption } from "./caption.ts";

test("gives what the assistant says", async () => {
  const model = { ...mute, caption: async () => "A cup." };
  expect(await dataCaption.run({ image: picture, model }, {}, plainRun)).toEqual({
    caption: "A cup.",
  });
});

test("shows an assistant that cannot describe pictures at its input", async () => {
  await expect(
    shownBy(dataCaption, () => dataCaption.run({ image: picture, model: mute }, {}, plainRun)),
  ).rejects.toMatchObject({
    code: "node.bad-input",
    what: '"mute" cannot describe pictures.',
    at: { path: "inputs.model" },
  });
});
