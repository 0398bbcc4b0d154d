import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type StoredTensor, storedBytes, type WeightMap } from "../onnx/stored-tensor.ts";
import { openFiles } from "./open-files.ts";
import { convertTensor, tensorsToConvert, type WeightForm } from "./weight-form.ts";
import { writeSafetensors } from "./write-safetensors.ts";

/** Where converted weights are written, and in which pieces. */
export interface ConversionOptions {
  readonly form: WeightForm;
  /** Of the pieces; for this form of these weights alone. */
  readonly folder: string;
  /** Most bytes of stored tensors in a piece, unless one tensor has more. @default 256 MiB */
  readonly pieceBytes?: number;
}

/** How far a conversion has come. */
export interface ConversionProgress {
  readonly pieces: number;
  readonly done: number;
}

const sizeOf = (tensor: StoredTensor | undefined): number =>
  (tensor?.shape ?? []).reduce((n, size) => n * size, storedBytes[tensor?.dtype ?? "float32"]);

/** Names of tensors in groups of at most so many bytes. */
function piecesOf(
  weights: WeightMap,
  { form, pieceBytes = 256 * 1024 ** 2 }: ConversionOptions,
): readonly (readonly string[])[] {
  const pieces: string[][] = [];
  let bytes = 0;
  for (const name of tensorsToConvert(weights, form)) {
    const size = sizeOf(weights.get(name));
    const last = bytes + size > pieceBytes ? undefined : pieces.at(-1);
    if (last === undefined) pieces.push([name]);
    else last.push(name);
    bytes = last === undefined ? size : bytes + size;
  }
  return pieces;
}

const fileOf = (folder: string, piece: number): string =>
  path.join(folder, `${String(piece).padStart(4, "0")}.safetensors`);

/**
 * Converts the weights that a form changes, piece by piece; a piece that is there already is not made again, so that a
 * conversion goes on where it was cut off. Yields before each piece.
 * @returns the checkpoint with the converted tensors, in their files, in place of or beside its own
 * Throws: weights.not-finite, weights.unreadable; the system's error where nothing can be written.
 */
export function* convertWeights(
  weights: WeightMap,
  options: ConversionOptions,
): Generator<ConversionProgress, WeightMap> {
  const { folder, form } = options;
  const pieces = piecesOf(weights, options);
  mkdirSync(folder, { recursive: true });
  for (const [at, names] of pieces.entries()) {
    const file = fileOf(folder, at);
    if (existsSync(file)) continue;
    yield { pieces: pieces.length, done: at };
    const made = names.flatMap((name) => convertTensor(weights, name, form));
    writeSafetensors(file, new Map(made));
  }
  return new Map([...weights, ...openFiles(pieces.map((_, at) => fileOf(folder, at)))]);
}
