import { type ConfigFields, configFields, unsupported } from "./config-fields.ts";

/** What becomes of a picture before CLIP sees it; steps in this order, those undefined left out. */
export interface ClipPixelsConfig {
  /** Both sides, or the shorter one, the other in proportion. */
  readonly resize:
    | readonly [height: number, width: number]
    | { readonly shortest: number }
    | undefined;
  readonly kernel: "nearest" | "lanczos3" | "linear" | "cubic";
  /** Height and width of the middle that is kept. */
  readonly crop: readonly [height: number, width: number] | undefined;
  /** What 8-bit values are multiplied with. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Pillow's numbers for its filters. */
const kernels = ["nearest", "lanczos3", "linear", "cubic"] as const;

const clipMean = [0.48145466, 0.4578275, 0.40821073];
const clipDeviation = [0.26862954, 0.26130258, 0.27577711];

function parseSize(fields: ConfigFields, name: string): ClipPixelsConfig["resize"] {
  if (typeof fields.raw(name) === "number") return { shortest: fields.integer(name) };
  const size = fields.part(name);
  if (size.has("shortest_edge") || !fields.has(name)) {
    return { shortest: size.integer("shortest_edge", 224) };
  }
  return [size.integer("height"), size.integer("width")];
}

function parseCrop(fields: ConfigFields): readonly [number, number] {
  const name = "crop_size";
  if (typeof fields.raw(name) === "number") {
    const side = fields.integer(name);
    return [side, side];
  }
  const size = fields.part(name);
  return [size.integer("height", 224), size.integer("width", 224)];
}

/**
 * How CLIP's pictures are prepared, from a checkpoint's `preprocessor_config.json`; what is missing has CLIP's defaults.
 * Throws: config.field, config.unsupported.
 */
export function parseClipPixelsConfig(
  json: unknown,
  at = "preprocessor_config.json",
): ClipPixelsConfig {
  const fields = configFields(json, at);
  const kernel = kernels[fields.number("resample", 3)];
  if (kernel === undefined) {
    throw unsupported(`${at}: resample`, `filter ${fields.raw("resample")} of Pillow.`);
  }
  const isScaled = fields.flag("do_rescale", true);
  const isNormalized = fields.flag("do_normalize", true);
  return {
    resize: fields.flag("do_resize", true) ? parseSize(fields, "size") : undefined,
    kernel,
    crop: fields.flag("do_center_crop", true) ? parseCrop(fields) : undefined,
    scale: isScaled ? fields.number("rescale_factor", 1 / 255) : 1,
    mean: isNormalized ? fields.numbers("image_mean", 3, clipMean) : [0, 0, 0],
    deviation: isNormalized ? fields.numbers("image_std", 3, clipDeviation) : [1, 1, 1],
  };
}
