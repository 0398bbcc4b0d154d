import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { sceneObjects } from "./scene-objects.ts";

/** A cut-out picture; `data` holds premultiplied R, G, B in 0..255 and alpha in 0..1 for each pixel. */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** The longer sides, in pixels, at which an object can stand in a scene. */
export const spriteSizes = [22, 24, 26, 28] as const;
export type SpriteSize = (typeof spriteSizes)[number];

/** Sprites by object index and longer side. */
export interface SpriteSheet {
  at(object: number, size: SpriteSize): Sprite;
}

/** Reads every object's picture once and scales it to every size. */
export async function openSprites(): Promise<SpriteSheet> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve("@lobehub/fluent-emoji-3d/package.json")), "assets");
  const rows = await Promise.all(
    sceneObjects.map(({ codePoint }) => loadSizes(join(folder, `${codePoint}.webp`))),
  );
  return {
    at(object, size) {
      const sprite = rows[object]?.get(size);
      if (sprite === undefined) throw new RangeError(`there is no sprite ${object} at ${size} px`);
      return sprite;
    },
  };
}

async function loadSizes(path: string): Promise<Map<SpriteSize, Sprite>> {
  const { data, info } = await sharp(path)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const bounds = opaqueBounds(data, info.width, info.height);
  const trimmed = await sharp(data, {
    raw: { width: info.width, height: info.height, channels: 4 },
  })
    .extract(bounds)
    .raw()
    .toBuffer();
  const sizes = await Promise.all(
    spriteSizes.map(async (size) => {
      const factor = size / Math.max(bounds.width, bounds.height);
      const width = Math.max(1, Math.round(bounds.width * factor));
      const height = Math.max(1, Math.round(bounds.height * factor));
      const scaled = await sharp(trimmed, {
        raw: { width: bounds.width, height: bounds.height, channels: 4 },
      })
        .resize(width, height, { fit: "fill", kernel: "lanczos3" })
        .raw()
        .toBuffer();
      return [size, { width, height, data: premultiply(scaled) }] as const;
    }),
  );
  return new Map(sizes);
}

function premultiply(rgba: Uint8Array): Float32Array {
  const data = new Float32Array(rgba.length);
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = (rgba[i + 3] ?? 0) / 255;
    for (let c = 0; c < 3; c++) data[i + c] = (rgba[i + c] ?? 0) * alpha;
    data[i + 3] = alpha;
  }
  return data;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels fainter than this are the render's halo, not the object. */
const faintest = 16;

function opaqueBounds(rgba: Uint8Array, width: number, height: number): Bounds {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((rgba[(y * width + x) * 4 + 3] ?? 0) < faintest) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return { left, top, width: right - left, height: bottom - top };
}
