import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { type RunContext, toInputError } from "@insightgraph/engine/node";

/** For nodes that open no model. */
export const plainRun: RunContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  log: () => undefined,
  reserve: async (path) => path,
  mayRead: async () => {},
  saved: () => undefined,
  open: () => Promise.reject(new Error("no model is needed")),
};

/** What runs a node, with an error shown where the engine shows it. */
export async function shownBy<T>(
  definition: Parameters<typeof toInputError>[1],
  task: () => T | Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (thrown) {
    throw toInputError(thrown, definition);
  }
}

export function flat(width: number, height: number, ...rgb: readonly number[]): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => rgb[at % 3] ?? 0);
  return { width, height, channels: 3, data };
}

/** A grey picture, a row a list. */
export function grey(...rows: readonly (readonly number[])[]): Picture {
  const data = Uint8Array.from(rows.flat().flatMap((value) => [value, value, value]));
  return { width: rows[0]?.length ?? 0, height: rows.length, channels: 3, data };
}

/** Red of each pixel, a row a list. */
export function redRows({ width, data }: Picture): number[][] {
  return rowsOf(
    width,
    [...data].filter((_, at) => at % 3 === 0),
  );
}

/** A mask, a row a list. */
export function maskOf(...rows: readonly (readonly number[])[]): Mask {
  const width = rows[0]?.length ?? 0;
  return { width, height: rows.length, data: Uint8Array.from(rows.flat()) };
}

export function maskRows({ width, data }: Mask): number[][] {
  return rowsOf(width, [...data]);
}

function rowsOf(width: number, values: readonly number[]): number[][] {
  return Array.from({ length: values.length / width }, (_, y) =>
    values.slice(y * width, (y + 1) * width),
  );
}
