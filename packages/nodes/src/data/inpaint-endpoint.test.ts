import { expect, test } from "vitest";
import { flat, maskOf, plainRun, shownBy } from "../plain-run.fixture.ts";
import { dataInpaintEndpoint } from "./inpaint-endpoint.ts";

const settings = {
  ...{ instruction: "remove the cup", address: "http://127.0.0.1:1/v1", model: "edit-1" },
  ...{ keyVariable: "", seed: 3, steps: 0, guidance: 0, concurrency: 4, timeout: 10, grow: 0 },
};
const image = flat(2, 1, 1, 2, 3);

test.each([
  ["inputs.mask", { mask: maskOf([0, 0]) }, {}],
  ["params.model", {}, { model: "" }],
  ["params.address", {}, { address: "nowhere" }],
])("shows a fault at %s", async (path, inputs, params) => {
  const given = { image, mask: maskOf([255, 0]), ...inputs };
  await expect(
    shownBy(dataInpaintEndpoint, () =>
      dataInpaintEndpoint.run(given, { ...settings, ...params }, plainRun),
    ),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path } });
});
