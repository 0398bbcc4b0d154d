import sharp from "sharp";
import { type ChangeOptions, changeMask } from "./change-mask.ts";
import type { Mask, Picture } from "./picture.ts";
import { resizePicture } from "./planes.ts";

/** Grows a mask and softens its edge outwards; the original area stays at 255. */
async function soften({ width, height, data }: Mask, grow: number): Promise<Mask> {
  const raw = { width, height, channels: 1 } as const;
  const grown = grow === 0 ? sharp(data, { raw }) : sharp(data, { raw }).dilate(grow);
  const whole = await grown.toColourspace("b-w").raw().toBuffer();
  const soft = await sharp(whole, { raw })
    .blur({ sigma: Math.max(0.5, grow / 2), precision: "float", minAmplitude: 0.01 })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { width, height, data: soft.map((value, at) => ((data[at] ?? 0) > 0 ? 255 : value)) };
}

async function enlarge({ width, height, data }: Mask, like: Picture): Promise<Mask> {
  const plain = { width, height, channels: 3, data: repeated(data) } as const;
  const large = resizePicture(plain, like.width, like.height);
  return {
    width: like.width,
    height: like.height,
    data: large.data.filter((_, at) => at % 3 === 0),
  };
}

const repeated = (values: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: values.length * 3 }, (_, at) => values[Math.floor(at / 3)] ?? 0);

function blend(original: Picture, edited: Picture, shown: Mask): Picture {
  const data = Uint8Array.from(original.data, (value, at) => {
    const share = (shown.data[Math.floor(at / 3)] ?? 0) / 255;
    return share === 0 ? value : Math.round(value + share * ((edited.data[at] ?? 0) - value));
  });
  return { ...original, data };
}

/** How a change is found and blended in. */
export interface RestoreOptions extends ChangeOptions {
  /** Width of the blend around a change, in pixels of the edited picture. */
  readonly grow: number;
}

/** An original with a change in it, and where. */
export interface RestoredPicture {
  readonly image: Picture;
  /** Share of the change at each pixel, 0 to 255. */
  readonly mask: Mask;
}

/**
 * Blends a change into an original of any size.
 * @param changed Where the edited picture changed, at its own size; not 0 inside.
 */
export async function blendChange(
  original: Picture,
  edited: Picture,
  changed: Mask,
  grow: number,
): Promise<RestoredPicture> {
  const shown = await enlarge(await soften(changed, grow), original);
  const large = resizePicture(edited, original.width, original.height);
  return { image: blend(original, large, shown), mask: shown };
}

/** Blends only what an edit changed into the original, at the original's size. */
export async function restoreDetail(
  original: Picture,
  edited: Picture,
  options: RestoreOptions,
): Promise<RestoredPicture> {
  const small = resizePicture(original, edited.width, edited.height);
  return blendChange(original, edited, changeMask(small, edited, options), options.grow);
}
