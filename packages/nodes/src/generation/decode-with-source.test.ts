import { psnr } from "@insightgraph/editing/metrics";
import { expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { generationDecode } from "./decode.ts";
import { generationDecodeWithSource } from "./decode-with-source.ts";

test("keeps the detail of a source that was not edited", async () => {
  const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
  const context = runContext();
  const latent = await vae.encode(context, source, 512);
  const plain = await generationDecode.run({ latent, model: vae }, {}, context);
  const inputs = { latent, source, model: vae };
  const { image } = await generationDecodeWithSource.run(inputs, {}, context);
  // The patch autoencoder alone reaches some 34 dB.
  expect(psnr.measure(image, source)).toBeGreaterThan(psnr.measure(plain.image, source) + 4);
});

test("decodes from the latent alone where no such decoder was trained, and says so", async () => {
  const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
  const logs: string[] = [];
  const context = { ...runContext(), log: (line: string) => logs.push(line) };
  const { decodeWithSource: _, ...plain } = vae;
  const latent = await vae.encode(context, source, 512);
  const { image } = await generationDecode.run({ latent, model: plain }, {}, context);
  const found = await generationDecodeWithSource.run({ latent, source, model: plain }, {}, context);
  expect(found.image).toEqual(image);
  expect(logs).toEqual([expect.stringContaining("latent alone")]);
});
