import type { ReactNode } from "react";
import type { Dataset, RecordQuery } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";
import { shortNumber } from "./record-fields.ts";

interface StatisticsProps {
  readonly dataset: Dataset;
  /** Shows the records behind a number. */
  show(query: RecordQuery): void;
}

/** The numbers of a data set; each count leads to its records. */
export function DatasetStatistics({ dataset, show }: StatisticsProps): ReactNode {
  const { statuses, decisions, stages, operations, reasons, scores } = dataset;
  return (
    <div className="dataset-statistics">
      <Counts
        facet="status"
        counts={statuses}
        label={(value) => words.recordStatus[value as "kept"]}
        show={show}
      />
      <Counts
        facet="decision"
        counts={decisions}
        label={(value) => words.recordDecision[value as "accepted"]}
        show={show}
      />
      <Counts facet="operation" counts={operations} show={show} />
      <Counts facet="stage" counts={stages} show={show} />
      <Counts facet="reason" counts={reasons} show={show} />
      {scores.map((spread) => (
        <ScoreHistogram key={spread.name} spread={spread} show={show} />
      ))}
      {dataset.unreadable > 0 && <p>{words.unreadableRecords(dataset.unreadable)}</p>}
    </div>
  );
}

interface CountsProps {
  readonly facet: "status" | "decision" | "stage" | "operation" | "reason";
  readonly counts: Dataset["statuses"];
  label?(value: string): string;
  show(query: RecordQuery): void;
}

function Counts({ facet, counts, label = (value) => value, show }: CountsProps): ReactNode {
  if (counts.length === 0) return null;
  const most = Math.max(...counts.map(({ count }) => count));
  return (
    <section>
      <h3>{words.recordFacets[facet]}</h3>
      <ul className="dataset-counts">
        {counts.map(({ name, count }) => (
          <li key={name}>
            <button type="button" className="dataset-count" onClick={() => show({ [facet]: name })}>
              <span>{label(name)}</span>
              <span className="quiet">{count}</span>
              <span className="dataset-bar" style={{ width: `${(100 * count) / most}%` }} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const [barWidth, chartHeight] = [10, 64];

interface ScoreHistogramProps {
  readonly spread: Dataset["scores"][number];
  show(query: RecordQuery): void;
}

/** How the values of a score spread; its records can be listed by it. */
function ScoreHistogram({ spread, show }: ScoreHistogramProps): ReactNode {
  const { name, min, max, mean, bins } = spread;
  const most = Math.max(1, ...bins);
  const step = (max - min) / bins.length;
  const text = words.scoreSpread(shortNumber(min), shortNumber(mean), shortNumber(max));
  return (
    <section>
      <h3>{name}</h3>
      <svg
        className="score-histogram"
        viewBox={`0 0 ${bins.length * barWidth} ${chartHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${text}`}
      >
        {bins.map((count, at) => {
          const height = (chartHeight * count) / most;
          const from = shortNumber(min + at * step);
          return (
            <rect
              key={from}
              x={at * barWidth}
              y={chartHeight - height}
              width={barWidth - 1}
              height={height}
            >
              <title>{`${from}: ${count}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="quiet">{text}</p>
      <button type="button" className="button" onClick={() => show({ score: name, sort: "score" })}>
        {words.listByScore}
      </button>
    </section>
  );
}
