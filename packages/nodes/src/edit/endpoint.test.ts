import { expect, test } from "vitest";
import { grey, plainRun, shownBy } from "../plain-run.fixture.ts";
import { editEndpoint } from "./endpoint.ts";

const image = grey([10, 20], [30, 40]);
const settings = {
  ...{ instruction: "make it winter", address: "http://127.0.0.1:1/v1", model: "edit-1" },
  ...{ keyVariable: "", seed: 3, steps: 0, guidance: 0, size: "picture" as const },
  ...{ concurrency: 4, timeout: 10 },
};

test.each([
  ["model", { model: "" }],
  ["address", { address: "nowhere" }],
  ["keyVariable", { keyVariable: "sk-123" }],
])("blames a bad %s on its param", async (name, change) => {
  const run = shownBy(editEndpoint, () =>
    editEndpoint.run({ image }, { ...settings, ...change }, plainRun),
  );
  await expect(run).rejects.toMatchObject({ at: { path: `params.${name}` } });
});
