import { configFields, unsupported } from "./config-fields.ts";
import { fieldError, isCount, type Json } from "./json-field.ts";
import type { UnetBlock, UnetConfig } from "./unet-config.ts";

const isFlag = (value: unknown): value is boolean => typeof value === "boolean";

/** Reads fields that hold one value for every level or a list of one each. */
function levelReader(json: Json, at: string, levels: number) {
  return <T>(name: string, standard: T, fits: (value: unknown) => value is T, what: string) => {
    const found: unknown = json[name] ?? standard;
    if (!Array.isArray(found)) {
      if (fits(found)) return Array.from({ length: levels }, () => found);
    } else if (found.length === levels && found.every(fits)) return found;
    throw fieldError(at, name, `${what}, or a list of ${levels}`, found);
  };
}

function namesOf(
  json: Json,
  at: string,
  name: string,
  standard: readonly string[],
): readonly string[] {
  const found: unknown = json[name] ?? standard;
  if (Array.isArray(found) && found.length > 0 && found.every((one) => typeof one === "string")) {
    return found;
  }
  throw fieldError(at, name, "a list of names", found);
}

/** Which levels attend, from the names of their blocks. */
function attendsOf(types: readonly string[], plain: string, at: string): readonly boolean[] {
  return types.map((type) => {
    if (type === plain || type === `CrossAttn${plain}`) return type !== plain;
    throw unsupported(at, `${type} is none of ${plain}, CrossAttn${plain}.`);
  });
}

/** Transformer blocks after each of a level's resnet blocks: one number, or a list of one each. */
function depthsOf(value: unknown, layers: number, at: string, name: string): readonly number[] {
  if (isCount(value)) return Array.from({ length: layers }, () => value);
  if (Array.isArray(value) && value.length >= layers && value.every(isCount)) {
    return value.slice(0, layers);
  }
  throw fieldError(at, name, `a whole number, or a list of at least ${layers}`, value);
}

/** The depth of each level's transformers on the way down and on the way up, in the blocks' order. */
function depthLists(json: Json, at: string, levels: number) {
  const name = "transformer_layers_per_block";
  const found: unknown = json[name] ?? 1;
  const down: readonly unknown[] = Array.isArray(found)
    ? found
    : Array.from({ length: levels }, () => found);
  if (down.length !== levels) throw fieldError(at, name, `a list of ${levels}`, found);
  const reverse = `reverse_${name}`;
  const up: unknown = json[reverse] ?? null;
  if (up === null && !down.some(Array.isArray)) return { down, up: down.toReversed() };
  if (Array.isArray(up) && up.length === levels) return { down, up: up as readonly unknown[] };
  throw fieldError(at, reverse, `a list of ${levels}`, up);
}

/** Every level's blocks, from the names and lists of a config.json. */
export function blocksOf(
  json: Json,
  at: string,
): Pick<UnetConfig, "down" | "mid" | "up" | "crossAttentionDim"> {
  const crosses = "CrossAttnDownBlock2D";
  const downTypes = namesOf(json, at, "down_block_types", [
    crosses,
    crosses,
    crosses,
    "DownBlock2D",
  ]);
  const levels = downTypes.length;
  const risesBy = "CrossAttnUpBlock2D";
  const upTypes = namesOf(json, at, "up_block_types", ["UpBlock2D", risesBy, risesBy, risesBy]);
  if (upTypes.length !== levels) throw fieldError(at, "up_block_types", `${levels} names`, upTypes);
  const perLevel = levelReader(json, at, levels);
  const count = "a whole number of at least 1";
  const channels = perLevel("block_out_channels", [320, 640, 1280, 1280] as never, isCount, count);
  const layers = perLevel("layers_per_block", 2, isCount, count);
  const heads = perLevel("attention_head_dim", 8, isCount, count);
  const only = perLevel("only_cross_attention", false, isFlag, "true or false");
  const depths = depthLists(json, at, levels);
  const [crossAttentionDim = 0, ...others] = new Set(
    perLevel("cross_attention_dim", 1280, isCount, count),
  );
  if (others.length > 0) throw unsupported(`${at}: cross_attention_dim`, "levels differ in it.");

  const block = (level: number, resnets: number, depth: unknown, attends: boolean): UnetBlock => {
    const [width = 0, split = 1] = [channels[level], heads[level]];
    if (width % split !== 0)
      throw fieldError(at, "attention_head_dim", `a divisor of ${width}`, split);
    const name = "transformer_layers_per_block";
    return {
      channels: width,
      heads: split,
      transformers: attends
        ? depthsOf(depth, resnets, at, name)
        : Array.from({ length: resnets }, () => 0),
      onlyCrossAttention: only[level] === true,
    };
  };
  const downAttends = attendsOf(downTypes, "DownBlock2D", `${at}: down_block_types`);
  const upAttends = attendsOf(upTypes, "UpBlock2D", `${at}: up_block_types`);
  const last = levels - 1;
  return {
    crossAttentionDim,
    down: downAttends.map((attends, level) =>
      block(level, layers[level] ?? 0, depths.down[level], attends),
    ),
    up: upAttends.map((attends, place) =>
      block(last - place, (layers[last - place] ?? 0) + 1, depths.up[place], attends),
    ),
    mid: midOf(json, at, block(last, 1, depths.down[last], true)),
  };
}

function midOf(json: Json, at: string, block: UnetBlock): UnetConfig["mid"] {
  const fields = configFields(json, at);
  // Named null, the block is left out; not named, it is the usual one.
  if (json["mid_block_type"] === null) return undefined;
  const usual = "UNetMidBlock2DCrossAttn";
  fields.choice("mid_block_type", [usual], usual);
  return {
    ...block,
    onlyCrossAttention: false,
    outputScale: fields.number("mid_block_scale_factor", 1),
  };
}
