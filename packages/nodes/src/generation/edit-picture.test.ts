import { describe, expect, it } from "vitest";
import { bridgeImage } from "../bridging/bridge-image.ts";
import { bridgeText, type TextBridgeInputs } from "../bridging/bridge-text.ts";
import { comprehend } from "../comprehension/comprehend.ts";
import type { ModelComponent, OpenModel, Part } from "../model/component.ts";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import type { ModelVariant } from "../model/variants.ts";
import { editPicture } from "./edit-picture.ts";

const settings = { steps: 1, textGuidance: 1, imageGuidance: 1, imageScale: 1, seed: 1 };
const { signal } = new AbortController();

/** The shipped model as if one branch had been left out of its training: the branch's weights are not there. */
async function without(
  variant: ModelVariant,
  branch: RegExp,
): Promise<Readonly<Record<Part, ModelComponent>>> {
  const parts = await miniParts;
  const rest = (component: ModelComponent): ModelComponent => ({
    ...component,
    variant,
    digest: `${component.digest}-${variant}`,
    weights: new Map([...component.weights].filter(([path]) => !branch.test(path))),
  });
  const { mllm, bridges, unet, vae } = parts;
  return { mllm: rest(mllm), bridges: rest(bridges), unet: rest(unet), vae: rest(vae) };
}

describe.each([
  {
    variant: "no-bim",
    branch: /^bridges\.(modulate|pe_layer|dimension_reduction_head_zeroconv)/,
    bridge: bridgeText,
  },
  {
    variant: "no-iaa",
    branch: /^bridges\.image_alignment_adapter/,
    bridge: (context: OpenModel, model: ModelComponent, { mmTokens }: TextBridgeInputs) =>
      bridgeImage(context, model, mmTokens),
  },
] as const)("a checkpoint of the ablation $variant", ({ variant, branch, bridge }) => {
  it("edits with the branches that it has", async () => {
    const [parts, { source }] = [await without(variant, branch), await heldOutScene()];
    expect(parts.bridges.weights.size).toBeLessThan((await miniParts).bridges.weights.size);
    const edit = (from: typeof parts) =>
      editPicture(runContext(), from, source, "remove the apple", { ...settings, signal });
    const [found, whole] = [await edit(parts), await edit(await miniParts)];
    expect([found.width, found.height]).toEqual([whole.width, whole.height]);
    expect(found.data).not.toEqual(whole.data);
  });

  it("says what to take in place of the branch that it lacks", async () => {
    const [{ mllm, bridges }, { source }] = [await without(variant, branch), await heldOutScene()];
    const context = runContext();
    const read = await comprehend(context, mllm, source, "remove the apple");
    await expect(bridge(context, bridges, read)).rejects.toMatchObject({
      code: "node.bad-input",
      what: expect.stringContaining("was trained without"),
    });
  });
});
