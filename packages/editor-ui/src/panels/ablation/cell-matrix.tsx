import type { Ablation, AblationCell } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { cellsOf, isExcluded, pinBaseline, toggleCell } from "../../document/ablation-cells.ts";
import type { AblationEdit } from "../../document/edit-ablation.ts";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";

interface CellMatrixProps {
  readonly editor: Editor;
  readonly ablation: Ablation;
  edit(change: AblationEdit): void;
}

/** More cells are counted, not drawn. */
const maxRows = 200;

/** Every cell that the axes make: columns are the variants of the last axis, rows those of the others. */
export function CellMatrix({ editor, ablation, edit }: CellMatrixProps): ReactNode {
  const cells = cellsOf(ablation);
  const included = cells.filter(({ choice }) => !isExcluded(ablation, choice));
  const last = ablation.axes.at(-1);
  const isGrid = ablation.combine !== "zip" && ablation.axes.length > 1 && last !== undefined;
  const width = isGrid ? last.variants.length : 1;
  const rows = Array.from({ length: Math.ceil(cells.length / width) }, (_, row) =>
    cells.slice(row * width, (row + 1) * width),
  );
  const shown = rows.slice(0, maxRows);
  const rowName = (row: readonly AblationCell[]): string => {
    const [first] = row;
    if (first === undefined) return "";
    const names = Object.values(first.choice);
    return (isGrid ? names.slice(0, -1) : names).join(", ");
  };
  const rowAxes = isGrid ? ablation.axes.slice(0, -1) : ablation.axes;
  const pinned = included.find(({ choice }) => isPinned(ablation, choice)) ?? included[0];
  return (
    <section aria-label={words.matrix}>
      <h3 className="ablation-heading">
        {words.matrix}{" "}
        <span className="quiet">{words.cellCount(cells.length, included.length)}</span>
      </h3>
      <div className="table-frame">
        <table className="cell-matrix">
          <thead>
            <tr>
              <th scope="col">{rowAxes.map(({ name }) => name).join(", ")}</th>
              {isGrid &&
                last.variants.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              {!isGrid && <th scope="col">{words.baseline}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowName(row)}>
                <th scope="row">{rowName(row)}</th>
                {row.map((cell) => (
                  <td key={cell.name}>
                    <MatrixCell
                      cell={cell}
                      isIncluded={!isExcluded(ablation, cell.choice)}
                      isBaseline={cell.name === pinned?.name}
                      toggle={() => edit(toggleCell(cell.choice))}
                      pin={() => edit(pinBaseline(cell.choice))}
                      show={() => {
                        editor.showVariant({ name: cell.name, choice: cell.choice });
                        editor.closePanel("ablation");
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown.length && (
        <p className="quiet">{words.cellsHidden(cells.length - shown.length * width)}</p>
      )}
    </section>
  );
}

function isPinned({ baseline = {} }: Ablation, choice: AblationCell["choice"]): boolean {
  return Object.entries(baseline).every(([axis, name]) => choice[axis] === name);
}

interface MatrixCellProps {
  readonly cell: AblationCell;
  readonly isIncluded: boolean;
  readonly isBaseline: boolean;
  toggle(): void;
  pin(): void;
  show(): void;
}

function MatrixCell(props: MatrixCellProps): ReactNode {
  const { cell, isIncluded, isBaseline, toggle, pin, show } = props;
  return (
    <span className="matrix-cell" data-included={isIncluded}>
      <input
        type="checkbox"
        aria-label={words.includeCell(cell.name)}
        checked={isIncluded}
        // The last cell, and the one that the others are compared with, stay.
        disabled={isBaseline}
        onChange={toggle}
      />
      <button
        type="button"
        className="button button-small"
        aria-label={words.baselineCell(cell.name)}
        aria-pressed={isBaseline}
        title={words.baselineCell(cell.name)}
        disabled={!isIncluded}
        onClick={pin}
      >
        {isBaseline ? "★" : "☆"}
      </button>
      <button
        type="button"
        className="button button-small"
        aria-label={words.showCell(cell.name)}
        onClick={show}
      >
        {words.showOnCanvas}
      </button>
    </span>
  );
}
