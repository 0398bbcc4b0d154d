import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { words } from "../../messages/messages.ts";
import { type GridSize, scrollTo, windowOf } from "./grid-window.ts";
import type { PictureFields } from "./record-fields.ts";
import { RecordTile } from "./record-tile.tsx";
import type { FoundRecords } from "./use-records.ts";

interface RecordGridProps {
  readonly path: string;
  readonly records: FoundRecords;
  readonly pictures: PictureFields;
  readonly hasMasks: boolean;
  /** The chosen place. */
  readonly at: number;
  choose(place: number): void;
  open(place: number): void;
  /** Tells how many tiles stand in a row. */
  onColumns(columns: number): void;
}

const tileWidth = 300;
const rowHeight = 252;

/** All records that were found; however many there are, only those on the screen are drawn. */
export function RecordGrid(props: RecordGridProps): ReactNode {
  const { path, records, pictures, hasMasks, at, choose, open, onColumns } = props;
  const grid = useRef<HTMLDivElement>(null);
  const size = useSize(grid);
  const [scrollTop, setScrollTop] = useState(0);
  const total = records.total ?? 0;
  const { columns, first, end, height, top } = windowOf(total, scrollTop, size);
  const { want } = records;
  useEffect(() => want(first, end), [want, first, end]);
  useEffect(() => onColumns(columns), [onColumns, columns]);
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null || size.height === 0) return;
    element.scrollTop = scrollTo(at, total, element.scrollTop, size);
  }, [at, total, size]);
  const places = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  return (
    <div
      ref={grid}
      className="record-grid"
      role="listbox"
      tabIndex={0}
      aria-label={words.recordsFound(total)}
      aria-activedescendant={at >= first && at < end ? `record-${at}` : undefined}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div className="record-grid-room" style={{ height }}>
        <div
          className="record-grid-rows"
          style={{
            gridTemplateColumns: `repeat(${columns}, 1fr)`,
            transform: `translateY(${top}px)`,
          }}
        >
          {places.map((place) => {
            const record = records.at(place);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the sheet listens to the keys
              <div
                key={place}
                id={`record-${place}`}
                className="record"
                role="option"
                aria-selected={place === at}
                aria-posinset={place + 1}
                aria-setsize={total}
                tabIndex={-1}
                data-tone={record?.decision ?? record?.status}
                style={{ height: rowHeight - 12 }}
                onClick={() => choose(place)}
                onDoubleClick={() => open(place)}
              >
                {record === undefined ? (
                  <span className="visually-hidden">{words.recordLoading}</span>
                ) : (
                  <RecordTile {...{ path, record, pictures, hasMasks }} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The size of the grid on the screen, and of its tiles. */
function useSize(grid: React.RefObject<HTMLDivElement | null>): GridSize {
  const [size, setSize] = useState<GridSize>({ width: 0, height: 0, tileWidth, rowHeight });
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize({ width, height, tileWidth, rowHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);
  return size;
}
