import { type QwenVisionConfig, qwenVision } from "@insightgraph/models";
import type { Picture } from "../../pictures/picture.ts";
import { requireSight } from "../language-model.ts";
import { type NetworkOpener, openNetwork } from "../open-network.ts";
import { finiteOutput, floatsOf, type TensorValue } from "../tensor.ts";
import { fitPicture } from "./fit-picture.ts";
import { type PatchGrid, patchesOf, patchPlaces } from "./picture-patches.ts";
import type { Qwen } from "./qwen.ts";
import { featureRows, type TokenPlaces, tokenPlaces } from "./token-places.ts";

/** A text as the network reads it. */
export interface ReadText extends TokenPlaces {
  readonly ids: readonly number[];
  /** What pictures show, and where; empty for a network that reads none. */
  readonly pictures: Readonly<Record<string, TensorValue>>;
}

function stackFeatures(parts: readonly TensorValue[]): TensorValue {
  const [first] = parts;
  const width = first?.shape[1] ?? 0;
  const count = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const data = new Float32Array(count * width);
  let at = 0;
  for (const part of parts) {
    data.set(floatsOf(part), at);
    at += part.data.length;
  }
  return { dtype: "float32", shape: [count, width], data };
}

/** The features of pictures, one under the other. */
async function seePictures(
  opener: NetworkOpener,
  model: Qwen,
  vision: QwenVisionConfig,
  pictures: readonly Picture[],
): Promise<Readonly<Record<string, TensorValue>>> {
  const names = ["features", ...vision.deepLayers.map((_, at) => `deep.${at}`)];
  if (pictures.length === 0) {
    const width = vision.out;
    const nothing = { dtype: "float32", shape: [1, width], data: new Float32Array(width) } as const;
    return Object.fromEntries(names.map((name) => [name, nothing]));
  }
  const session = await openNetwork(opener, model, qwenVision, vision);
  const seen: Readonly<Record<string, TensorValue>>[] = [];
  for (const picture of pictures) {
    const { width, height } = picture;
    const { patchSize } = vision;
    const places = patchPlaces({ rows: height / patchSize, columns: width / patchSize }, vision);
    const patches = patchesOf(picture, vision, model.pictures);
    seen.push(await session.run({ patches, ...places }));
  }
  const stacked = names.map((name): [string, TensorValue] => [
    name,
    stackFeatures(seen.map((one) => finiteOutput(one, name))),
  ]);
  return Object.fromEntries(stacked);
}

/** Each picture's token, as often as the picture has tokens. */
function withPictures(
  ids: readonly number[],
  imageToken: number,
  grids: readonly PatchGrid[],
): readonly number[] {
  const left = grids.values();
  return ids.flatMap((id) => {
    const grid = id === imageToken ? left.next().value : undefined;
    return grid === undefined ? id : Array<number>(grid.rows * grid.columns).fill(imageToken);
  });
}

/**
 * Reads a text with all its marks, and the pictures in it.
 * @param length Tokens to which the text is padded or cut. @default neither
 * Throws: argument.unfit at `image` or, where it reads no pictures, at `model`; sampling.not-finite.
 */
export async function readText(
  opener: NetworkOpener,
  model: Qwen,
  text: string,
  pictures: readonly Picture[],
): Promise<ReadText> {
  const { vision, imageToken } = model.config;
  const ids = model.tokenizer.encodePiece(text);
  if (pictures.length > 0) requireSight({ readsPictures: vision !== undefined });
  if (vision === undefined) return { ids, pictures: {}, ...tokenPlaces(ids, -1, []) };
  const fitted = pictures.map((picture) => fitPicture(picture, model.pictures, vision));
  const side = vision.patchSize * vision.merge;
  const grids = fitted.map(({ width, height }) => ({ rows: height / side, columns: width / side }));
  const whole = withPictures(ids, imageToken, grids);
  const seen = await seePictures(opener, model, vision, fitted);
  return {
    ids: whole,
    pictures: { ...seen, places: featureRows(whole, imageToken) },
    ...tokenPlaces(whole, imageToken, grids),
  };
}
