import { type ReactNode, useState } from "react";
import {
  cancelAblation,
  pinCell,
  removeAblation,
  tableUrl,
} from "../../connection/ablations-client.ts";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { AblationHead } from "./ablation-head.tsx";
import { IntervalPlots } from "./interval-plots.tsx";
import { ItemsView, type ShownNumber } from "./items-view.tsx";
import { ScoreTable } from "./score-table.tsx";
import { useAblations } from "./use-ablations.ts";

/** What a sheet about ablations gets. */
export interface AblationViewProps {
  readonly editor: Editor;
  readonly chosen: string | undefined;
  choose(id: string): void;
}

const files = [
  ["Markdown", "table.md"],
  ["LaTeX", "table.tex"],
  ["HTML", "index.html"],
  ["JSON", "table.json"],
  ["Parquet", "items.parquet"],
  ["CSV", "items.csv"],
] as const;

/** The scores of an ablation, which fill in while it runs; what to do with them. */
export function ResultsView({ chosen, choose }: AblationViewProps): ReactNode {
  const { list, table, fault, act } = useAblations(chosen);
  const [shown, show] = useState<ShownNumber>();
  const head = <AblationHead list={list} table={table} fault={fault} choose={choose} />;
  if (table === undefined) return head;
  const { ablation, cells } = table;
  const isUnderWay = ablation.state === "queued" || ablation.state === "running";
  const [baseline = ""] = ablation.variants;
  return (
    <>
      {head}
      <div className="ablation-tools">
        {isUnderWay ? (
          <button
            type="button"
            className="button"
            onClick={() => void act(() => cancelAblation(ablation.id))}
          >
            {words.cancelAblation}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            onClick={() => void act(() => removeAblation(ablation.id))}
          >
            {words.deleteAblation}
          </button>
        )}
        <span className="spacer" />
        {cells.length > 0 && <span className="quiet">{words.exportAs}</span>}
        {cells.length > 0 &&
          files.map(([label, file]) => (
            <a key={file} className="button" href={tableUrl(ablation.id, file)} download>
              {label}
            </a>
          ))}
      </div>
      {cells.length === 0 ? (
        <p className="quiet">{words.noScores}</p>
      ) : (
        <>
          <ScoreTable
            table={table}
            open={(variant, metric) =>
              show({ variant, metric, ...(variant !== baseline && { against: baseline }) })
            }
            pin={(variant) => void act(() => pinCell(ablation.id, variant))}
          />
          <p className="quiet">{words.tableNote(baseline)}</p>
          {shown !== undefined && <ItemsView ablation={ablation} shown={shown} show={show} />}
          <IntervalPlots table={table} />
        </>
      )}
    </>
  );
}
