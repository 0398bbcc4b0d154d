import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toHalfPrecision } from "../../packages/models/src/weights/half-precision.ts";
import { encodeSafetensors } from "../../packages/models/src/weights/safetensors.ts";
import { modelBridges } from "../../packages/nodes/src/model/bridges.ts";
import { runContext } from "../../packages/nodes/src/model/node-run.fixture.ts";
import { readFixture, relativeError } from "../parity/read-fixture.ts";

let folder = "";

/** SmartEdit's tensors, of the sizes of a small reference. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bridges-"));
  const { weights } = await readFixture("bridges", "text-odd");
  await mkdir(join(folder, "bridges"));
  const stored = encodeSafetensors(toHalfPrecision(weights));
  await writeFile(join(folder, "bridges/model.safetensors"), stored);
  const heads = { qformer_head_width: 5, interaction_heads: 2 };
  await writeFile(join(folder, "bridges/config.json"), JSON.stringify(heads));
});
afterAll(() => rm(folder, { recursive: true }));

describe("model.bridges", () => {
  test("gives networks that take their grid and the latent's size from what they read", async () => {
    const context = runContext();
    const { model } = await modelBridges.run({}, { checkpoint: `dir:${folder}` }, context);
    if (model.text === undefined) throw new TypeError("the interaction is missing");
    expect(model.image).toBeUndefined();
    const { inputs, outputs } = await readFixture("bridges", "text-odd");
    const { mmTokens, vision } = inputs;
    const wanted = outputs["visual"];
    if (!mmTokens || !vision || !wanted) throw new TypeError("the fixture is incomplete");
    await expect(model.text(context, { mmTokens, vision })).rejects.toMatchObject({
      argument: "source",
    });
    const source = {
      tensor: { ...wanted, shape: [1, 4, ...wanted.shape.slice(2)] },
      colours: { patch: 1, weight: new Float32Array(12), bias: new Float32Array(3) },
      scaling: { factor: 1, shift: 0 },
    };
    const { visual } = await model.text(context, { mmTokens, vision, source });
    expect(visual.shape).toEqual(wanted.shape);
    const [found, expected] = [visual, wanted].map(({ data }) => Array.from(data, Number));
    expect(relativeError(found ?? [], expected ?? [])).toBeLessThan(1e-4);
  });
});
