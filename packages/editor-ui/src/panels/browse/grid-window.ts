/** What of a long grid is on the screen. */
export interface GridWindow {
  readonly columns: number;
  /** The places to draw: from `first` up to, but not including, `end`. */
  readonly first: number;
  readonly end: number;
  /** Height of the whole grid, in px; browsers draw nothing that is much higher. */
  readonly height: number;
  /** Where the first drawn row begins, in px from the top of the grid. */
  readonly top: number;
}

/** Sizes of a grid, in px. */
export interface GridSize {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly rowHeight: number;
}

const maxHeight = 8_000_000;
const spareRows = 1;

/** How many tiles stand in a row. */
export function columnsOf({ width, tileWidth }: GridSize): number {
  return Math.max(1, Math.floor(width / tileWidth));
}

interface Extent {
  readonly rows: number;
  readonly height: number;
  /** Px of rows for each px of scrolling: above 1 where the grid is higher than it may be. */
  readonly scale: number;
}

function extentOf(count: number, size: GridSize): Extent {
  const rows = Math.ceil(count / columnsOf(size));
  const full = rows * size.rowHeight;
  const height = Math.min(full, maxHeight);
  const rest = Math.max(1, height - size.height);
  return { rows, height, scale: full > height ? (full - size.height) / rest : 1 };
}

/** The part of a grid of `count` tiles that is on the screen, and a row before and after. */
export function windowOf(count: number, scrollTop: number, size: GridSize): GridWindow {
  const columns = columnsOf(size);
  const { rows, height, scale } = extentOf(count, size);
  const start = scrollTop * scale;
  const firstRow = Math.max(0, Math.floor(start / size.rowHeight) - spareRows);
  const lastRow = Math.min(rows, Math.ceil((start + size.height) / size.rowHeight) + spareRows);
  const top = scrollTop + firstRow * size.rowHeight - start;
  return {
    columns,
    first: firstRow * columns,
    end: Math.min(count, lastRow * columns),
    height,
    top,
  };
}

/** Where to scroll so that a tile is in sight; as little as possible. */
export function scrollTo(place: number, count: number, scrollTop: number, size: GridSize): number {
  const { scale } = extentOf(count, size);
  const rowTop = Math.floor(place / columnsOf(size)) * size.rowHeight;
  const start = scrollTop * scale;
  if (rowTop < start) return rowTop / scale;
  const end = rowTop + size.rowHeight;
  return end > start + size.height ? (end - size.height) / scale : scrollTop;
}
