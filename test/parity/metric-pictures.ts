import { readFile } from "node:fs/promises";
import { decodePicture, type Mask, type Picture } from "../../packages/editing/src/pictures.ts";

/** A picture, a reference, and a disc on them. */
export interface PicturePair {
  readonly picture: Picture;
  readonly reference: Picture;
  readonly disc: Mask;
}

async function sample(name: string): Promise<Picture> {
  const file = new URL(`../../graphs/samples/${name}.png`, import.meta.url);
  const options = { path: file.pathname, ground: undefined };
  return (await decodePicture(await readFile(file), options)).image;
}

function noisy(picture: Picture): Picture {
  const data = picture.data.map((value, at) => {
    return Math.min(Math.max(value + ((at * 7919) % 61) - 30, 0), 255);
  });
  return { ...picture, data };
}

/** 243 x 251 pixels from a corner on. */
function cropped(picture: Picture, left: number, top: number): Picture {
  const [width, height] = [243, 251];
  const rows = Array.from({ length: height }, (_, y) => {
    const from = ((top + y) * picture.width + left) * 3;
    return [...picture.data.subarray(from, from + width * 3)];
  });
  return { width, height, channels: 3, data: Uint8Array.from(rows.flat()) };
}

function discOn({ width, height }: Picture): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return (x - 100) ** 2 + (y - 90) ** 2 < 60 ** 2 ? 255 : 0;
  });
  return { width, height, data };
}

/** The pairs that metric_pictures.py makes in the same way, by name. */
export async function picturePairs(): Promise<ReadonlyMap<string, PicturePair>> {
  const [rabbit, bee] = [await sample("rabbit-teddy-apple"), await sample("bee-tree-penguin")];
  const pair = (picture: Picture, reference: Picture): PicturePair => {
    return { picture, reference, disc: discOn(picture) };
  };
  return new Map([
    ["noise", pair(noisy(rabbit), rabbit)],
    ["shift", pair(cropped(rabbit, 0, 0), cropped(rabbit, 3, 2))],
    ["other", pair(bee, rabbit)],
  ]);
}
