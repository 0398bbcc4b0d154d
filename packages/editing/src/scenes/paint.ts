import type { Picture } from "../pictures/picture.ts";
import type { Standing } from "./layout.ts";
import { type Box, sceneSize } from "./scene.ts";
import type { Shadow } from "./shadow.ts";

/**
 * Paints shadows, then objects from top to bottom of the picture; the background array is not modified.
 * @param shadow undefined paints none
 */
export function paintScene(
  background: Float32Array,
  objects: readonly Standing[],
  shadow: Shadow | undefined,
): Picture {
  const canvas = background.slice();
  const footOf = ({ box }: Standing): number => box.top + box.height;
  const backToFront = [...objects].sort((a, b) => footOf(a) - footOf(b));
  if (shadow !== undefined) {
    for (const { box } of backToFront) paintShadow(canvas, box, shadow);
  }
  for (const object of backToFront) paintSprite(canvas, object);
  return toPicture(canvas);
}

function toPicture(canvas: Float32Array): Picture {
  const data = new Uint8Array(canvas.length);
  for (let at = 0; at < data.length; at++) {
    const value = canvas[at] as number;
    data[at] = value > 254.5 ? 255 : value + 0.5;
  }
  return { width: sceneSize, height: sceneSize, channels: 3, data };
}

function paintShadow(
  canvas: Float32Array,
  { left, top, width, height }: Box,
  { depth, reach: ry }: Shadow,
): void {
  const cx = left + width / 2;
  const cy = top + height - 1;
  const rx = width * 0.52;
  const bottom = Math.min(sceneSize, Math.ceil(cy + ry));
  const right = Math.min(sceneSize, Math.ceil(cx + rx));
  for (let y = Math.max(0, Math.floor(cy - ry)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(cx - rx)); x < right; x++) {
      const u = (x + 0.5 - cx) / rx;
      const v = (y + 0.5 - cy) / ry;
      const light = 1 - depth * Math.max(0, 1 - u * u - v * v);
      const at = (y * sceneSize + x) * 3;
      for (let c = at; c < at + 3; c++) canvas[c] = (canvas[c] as number) * light;
    }
  }
}

function paintSprite(canvas: Float32Array, { sprite, box }: Standing): void {
  for (let y = 0, from = 0; y < sprite.height; y++) {
    for (let x = 0; x < sprite.width; x++, from += 4) {
      const cover = sprite.data[from + 3] as number;
      if (cover === 0) continue;
      const at = ((box.top + y) * sceneSize + box.left + x) * 3;
      for (let c = 0; c < 3; c++) {
        const below = canvas[at + c] as number;
        canvas[at + c] = below * (1 - cover) + (sprite.data[from + c] as number);
      }
    }
  }
}
