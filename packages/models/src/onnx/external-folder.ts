import { dirname, parse, relative, sep } from "node:path";
import type { WeightMap } from "./stored-tensor.ts";

function contains(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== "" && way.split(sep)[0] !== ".." && parse(way).root === "";
}

/**
 * The deepest folder that holds the files in which tensors lie; undefined when all are in memory.
 * Files on another drive than the first stay outside it.
 */
export function externalFolder(weights: WeightMap): string | undefined {
  const files = new Set([...weights.values()].flatMap(({ span }) => (span ? [span.file] : [])));
  const [first, ...others] = files;
  if (first === undefined) return undefined;
  const { root } = parse(first);
  let folder = dirname(first);
  for (const file of others.filter((other) => parse(other).root === root)) {
    while (!contains(folder, file)) folder = dirname(folder);
  }
  return folder;
}
