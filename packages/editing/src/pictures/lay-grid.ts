import { createCanvas, paste, requireRoom } from "./canvas.ts";
import type { Picture } from "./picture.ts";

/** How pictures are laid out. */
export interface GridOptions {
  /** Pictures per row, at most. */
  readonly columns: number;
  /** Pixels between pictures. */
  readonly gap: number;
  /** Red, green and blue of the background, 0 to 255. */
  readonly colour: readonly number[];
}

/** Pictures in equal cells, each as large as the largest picture, row by row. Throws: argument.unfit at `columns`. */
export function layGrid(
  pictures: readonly Picture[],
  { columns: maxColumns, gap, colour }: GridOptions,
): Picture {
  const columns = Math.min(maxColumns, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const cell = {
    width: pictures.reduce((most, { width }) => Math.max(most, width), 0),
    height: pictures.reduce((most, { height }) => Math.max(most, height), 0),
  };
  const size = {
    width: columns * (cell.width + gap) - gap,
    height: rows * (cell.height + gap) - gap,
  };
  requireRoom(size, "columns");
  const canvas = createCanvas(size, colour);
  for (const [at, picture] of pictures.entries()) {
    const left = (at % columns) * (cell.width + gap);
    const top = Math.floor(at / columns) * (cell.height + gap);
    paste(
      canvas,
      picture,
      left + Math.floor((cell.width - picture.width) / 2),
      top + Math.floor((cell.height - picture.height) / 2),
    );
  }
  return canvas;
}
