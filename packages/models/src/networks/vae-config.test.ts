import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { parseVaeConfig } from "./vae-config.ts";

function thrown(json: unknown): string {
  try {
    parseVaeConfig(json, "vae/config.json");
  } catch (error) {
    if (error instanceof ModelError) return `${error.code} at ${error.at}: ${error.what}`;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("parseVaeConfig", () => {
  test("has diffusers' defaults", () => {
    expect(parseVaeConfig({ shift_factor: null })).toEqual({
      inChannels: 3,
      outChannels: 3,
      latentChannels: 4,
      blockOutChannels: [64],
      layersPerBlock: 1,
      activation: "silu",
      normNumGroups: 32,
      middleAttends: true,
      useQuantConv: true,
      usePostQuantConv: true,
      scalingFactor: 0.18215,
      shiftFactor: 0,
    });
  });

  test("says which field does not fit and which is not supported", () => {
    const at = "vae/config.json: ";
    expect(thrown({ block_out_channels: [] })).toContain(
      `config.field at ${at}block_out_channels: needs a list of whole numbers`,
    );
    expect(thrown({ block_out_channels: [64, 128] })).toContain(
      `config.field at ${at}down_block_types: needs a list of 2 names`,
    );
    expect(thrown({ norm_num_groups: 48 })).toContain(`config.field at ${at}norm_num_groups: `);
    expect(thrown({ up_block_types: ["AttnUpDecoderBlock2D"] })).toBe(
      `config.unsupported at ${at}up_block_types: AttnUpDecoderBlock2D is no UpDecoderBlock2D.`,
    );
    expect(thrown({ latents_mean: [0] })).toContain(`config.unsupported at ${at}latents_mean: `);
  });
});
