import sharp from "sharp";
import { type ObjectStyle, readObjectPictures } from "./object-styles.ts";
import { type Tint, tintColour } from "./tint.ts";

/** A cut-out picture; `data` holds premultiplied R, G, B in 0..255 and alpha in 0..1 for each pixel. */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Pose of an object: longer side in pixels before stretching and rotation, rotation in degrees clockwise, mirrored or not. */
export interface Pose {
  readonly size: number;
  readonly angle: number;
  readonly isMirrored: boolean;
  /** Factor on the width. @default 1 */
  readonly stretch?: number;
}

/** The pictures of all objects. */
export interface SpriteSheet {
  /** Draws an object in a pose, trimmed to its opaque part. */
  draw(object: number, pose: Pose): Sprite;
}

/** Longer side, in pixels, of the stored pictures from which poses are drawn. */
const masterSize = 72;

/** Loads the pictures of all objects in one style. */
export async function openSprites(style: ObjectStyle): Promise<SpriteSheet> {
  const masters = await Promise.all((await readObjectPictures(style)).map(loadMaster));
  return {
    draw(object, pose) {
      const master = masters[object];
      if (master === undefined) throw new RangeError(`there is no sprite ${object}`);
      return cutToOpaque(turn(master, pose));
    },
  };
}

/** A sprite recoloured with a tint. */
export function tintSprite({ width, height, data }: Sprite, tint: Tint): Sprite {
  const painted = data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const cover = data[at + 3] ?? 0;
    if (cover === 0) continue;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const colour = tintColour([red / cover, green / cover, blue / cover], tint);
    for (let c = 0; c < 3; c++) painted[at + c] = (colour[c] ?? 0) * cover;
  }
  return { width, height, data: painted };
}

async function loadMaster(file: Uint8Array): Promise<Sprite> {
  const { data, info } = await sharp(file)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const whole = { width: info.width, height: info.height, data: premultiply(data) };
  const bounds = opaqueBounds(whole);
  const factor = masterSize / Math.max(bounds.width, bounds.height);
  const width = Math.max(1, Math.round(bounds.width * factor));
  const height = Math.max(1, Math.round(bounds.height * factor));
  const scaled = await sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } })
    .extract(bounds)
    .resize(width, height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { width, height, data: premultiply(scaled) };
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

/** Stretches, rotates, scales and mirrors a picture with bilinear sampling, on a canvas that holds every corner. */
function turn(master: Sprite, { size, angle, isMirrored, stretch = 1 }: Pose): Sprite {
  const scale = Math.max(master.width, master.height) / size;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [w, h] = [(master.width / scale) * stretch, master.height / scale];
  const width = Math.ceil(Math.abs(w * cos) + Math.abs(h * sin));
  const height = Math.ceil(Math.abs(w * sin) + Math.abs(h * cos));
  const data = new Float32Array(width * height * 4);
  for (let y = 0, to = 0; y < height; y++) {
    const v = y + 0.5 - height / 2;
    for (let x = 0; x < width; x++, to += 4) {
      const u = x + 0.5 - width / 2;
      const across = ((u * cos + v * sin) / stretch) * scale * (isMirrored ? -1 : 1);
      const down = (v * cos - u * sin) * scale;
      sample(master, across + master.width / 2 - 0.5, down + master.height / 2 - 0.5, data, to);
    }
  }
  return { width, height, data };
}

/** Bilinear sample at a point; outside the picture, pixels are transparent. */
function sample(from: Sprite, x: number, y: number, into: Float32Array, at: number): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < -1 || top < -1 || left >= from.width || top >= from.height) return;
  const u = x - left;
  const v = y - top;
  for (let corner = 0; corner < 4; corner++) {
    const column = left + (corner & 1);
    const row = top + (corner >> 1);
    if (column < 0 || row < 0 || column >= from.width || row >= from.height) continue;
    const pixel = (row * from.width + column) * 4;
    if (from.data[pixel + 3] === 0) continue;
    const weight = (corner & 1 ? u : 1 - u) * (corner >> 1 ? v : 1 - v);
    for (let c = 0; c < 4; c++) {
      into[at + c] = (into[at + c] as number) + weight * (from.data[pixel + c] as number);
    }
  }
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Opacity below which a pixel belongs to the render's halo, not to the object. */
const faintest = 16 / 255;

function opaqueBounds({ width, height, data }: Sprite): Bounds {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < faintest) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return { left, top, width: right - left, height: bottom - top };
}

function cutToOpaque(sprite: Sprite): Sprite {
  const { left, top, width, height } = opaqueBounds(sprite);
  const data = new Float32Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * sprite.width + left) * 4;
    data.set(sprite.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { width, height, data };
}
