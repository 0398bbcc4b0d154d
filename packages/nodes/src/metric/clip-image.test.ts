import { registerFamily } from "@insightgraph/editing/architectures";
import { expect, test } from "vitest";
import { heldOutScene, runContext } from "../model/node-run.fixture.ts";
import { tinyIpAdapter } from "../model/tiny-ip-adapter.fixture.ts";
import { metricClipImage } from "./clip-image.ts";

const tinyClip = tinyIpAdapter.imageEncoder;

async function scoreOf(checkpoint: string) {
  const { source, target } = await heldOutScene();
  const logged: string[] = [];
  const context = { ...runContext(), log: (line: string) => logged.push(line) };
  const score = async (reference: typeof source): Promise<number> =>
    (await metricClipImage.run({ image: source, reference }, { checkpoint }, context)).score;
  return { equal: await score(source), other: await score(target), logged };
}

test("is one for equal pictures and less for others", async () => {
  const { equal, other } = await scoreOf(tinyClip);
  expect(equal).toBeCloseTo(1, 6);
  expect(other).toBeLessThan(0.9999);
});

test("leaves a hole without a CLIP, and says how to add one", async () => {
  const { equal, logged } = await scoreOf("clip-vit-base-patch32");
  expect(equal).toBeNaN();
  expect(logged[0]).toContain("insightgraph models add hf:openai/clip-vit-base-patch32");
});

test("the hole is filled when a CLIP is added: its result is kept under another key", async () => {
  const fingerprint = (checkpoint: string) => metricClipImage.fingerprint?.({ checkpoint });
  expect(await fingerprint("clip-vit-base-patch32")).toBe("not added");
  expect(await fingerprint(tinyClip)).toMatch(/^[0-9a-f]{64} /);
});

test("refuses checkpoints of other models, whatever they embed", async () => {
  const blamed = { code: "node.bad-input", at: { path: "params.checkpoint" } };
  await expect(scoreOf("insightedit-mini")).rejects.toMatchObject(blamed);
  const forget = registerFamily({
    name: "Other",
    parts: {
      imageEmbedder: {
        component: "model",
        reads: () => true,
        open: () => ({ name: "Other", embed: async () => new Float32Array(1) }),
      },
    },
  });
  await expect(scoreOf("insightedit-mini")).rejects.toMatchObject({
    what: '"insightedit-mini" is Other, not CLIP.',
  });
  forget();
});
