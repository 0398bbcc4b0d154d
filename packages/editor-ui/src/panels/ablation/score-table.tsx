import { type ReactNode, useState } from "react";
import type { AblationCellScore, AblationTable } from "../../connection/ablations-client.ts";
import { words } from "../../messages/messages.ts";

interface ScoreTableProps {
  readonly table: AblationTable;
  /** Shows the pictures behind a number. */
  open(variant: string, metric: string): void;
  /** Compares all with a variant. */
  pin(variant: string): void;
}

/** A score as a table shows it. */
export function showScore(score: number | null | undefined): string {
  return score === null || score === undefined ? "–" : String(Number(score.toPrecision(4)));
}

/** Variants by metrics, sorted by the metric that was pressed; in metrics marked ↓, less is better. */
export function ScoreTable({ table, open, pin }: ScoreTableProps): ReactNode {
  const { ablation, metrics, cells } = table;
  const [sorted, sortBy] = useState<string>();
  const cellOf = (variant: string, metric: string) =>
    cells.find((cell) => cell.variant === variant && cell.metric === metric);
  const [baseline] = ablation.variants;
  const sign = sorted?.includes("↓") === true ? 1 : -1;
  const meanOf = (variant: string) =>
    cellOf(variant, sorted ?? "")?.mean ?? sign * Number.POSITIVE_INFINITY;
  const variants =
    sorted === undefined
      ? ablation.variants
      : ablation.variants.toSorted((a, b) => sign * (meanOf(a) - meanOf(b)));
  return (
    <div className="table-frame">
      <table className="score-table">
        <thead>
          <tr>
            <th scope="col">
              <button type="button" onClick={() => sortBy(undefined)}>
                {words.variantColumn}
              </button>
            </th>
            {metrics.map((metric) => (
              <th
                key={metric}
                scope="col"
                aria-sort={sorted === metric ? (sign > 0 ? "ascending" : "descending") : "none"}
              >
                <button type="button" onClick={() => sortBy(metric)}>
                  {metric}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {variants.map((variant) => (
            <tr key={variant}>
              <th scope="row">
                {variant}
                <button
                  type="button"
                  className="button button-small"
                  aria-pressed={variant === baseline}
                  aria-label={words.pinBaseline(variant)}
                  title={words.pinBaseline(variant)}
                  onClick={() => pin(variant)}
                >
                  {variant === baseline ? "★" : "☆"}
                </button>
                {variant === baseline && <span className="quiet">{words.pinned}</span>}
              </th>
              {metrics.map((metric) => (
                <td key={metric}>
                  <ScoreCell cell={cellOf(variant, metric)} open={() => open(variant, metric)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ScoreCellProps {
  readonly cell: AblationCellScore | undefined;
  open(): void;
}

function ScoreCell({ cell, open }: ScoreCellProps): ReactNode {
  if (cell === undefined) return "–";
  const { variant, metric, mean, low, high, count, holes, difference } = cell;
  const p = difference?.correctedPValue;
  const isMarked = typeof p === "number" && p < 0.05;
  return (
    <>
      <button
        type="button"
        className="score"
        data-marked={isMarked}
        aria-label={`${showScore(mean)}: ${words.openItems(variant, metric)}`}
        onClick={open}
      >
        {showScore(mean)}
      </button>
      <span className="quiet score-note">
        {`[${showScore(low)}, ${showScore(high)}] n = ${count}`}
        {holes > 0 && `, ${words.holes(holes)}`}
      </span>
      {difference !== undefined && (
        <span className="quiet score-note">
          {`${(difference.mean ?? 0) > 0 ? "+" : ""}${showScore(difference.mean)}, p = ${showScore(p)}`}
          {difference.dropped > 0 && `, ${words.pairsDropped(difference.dropped)}`}
        </span>
      )}
    </>
  );
}
