import { type ReactNode, useCallback, useState } from "react";
import type { Dataset, RecordQuery } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { moveBy } from "./browse-keys.ts";
import { DatasetStatistics } from "./dataset-statistics.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import { DuplicateTools } from "./duplicate-tools.tsx";
import { RecordDetail } from "./record-detail.tsx";
import { pictureFields } from "./record-fields.ts";
import { RecordFilters } from "./record-filters.tsx";
import { RecordGrid } from "./record-grid.tsx";
import { useDataset } from "./use-dataset.ts";
import { useDeciding } from "./use-deciding.ts";
import { useKeys } from "./use-keys.ts";
import { useRecords } from "./use-records.ts";

interface DatasetBrowserProps {
  readonly path: string;
  close(): void;
  /** Leads to another data set. */
  change(): void;
}

const tabs = ["records", "statistics", "duplicates"] as const;
type Tab = (typeof tabs)[number];

/** A data set: its records in a grid or one by one, its numbers, its near-duplicates. */
export function DatasetBrowser({ path, close, change }: DatasetBrowserProps): ReactNode {
  const followed = useDataset(path);
  const { dataset, fault } = followed;
  const [tab, setTab] = useState<Tab>("records");
  const [asked, setAsked] = useState<RecordQuery>({});
  const showTab = (next: Tab) => setTab(next);
  const showRecords = useCallback((query: RecordQuery) => {
    setAsked(query);
    setTab("records");
  }, []);
  return (
    <Dialog
      title={words.datasetTitle(path)}
      className="browse"
      close={close}
      tools={
        <>
          <span className="browse-tabs">
            {tabs.map((name) => (
              <button
                key={name}
                type="button"
                className="button"
                aria-pressed={tab === name}
                onClick={() => showTab(name)}
              >
                {words.browseTabs[name]}
              </button>
            ))}
          </span>
          <button type="button" className="button" onClick={change}>
            {words.otherDataset}
          </button>
        </>
      }
    >
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      {dataset !== undefined && <p className="quiet">{factsOf(dataset)}</p>}
      {dataset === undefined && fault === undefined && (
        <p className="quiet">{words.openingDataset}</p>
      )}
      {dataset !== undefined && tab === "statistics" && (
        <DatasetStatistics dataset={dataset} show={showRecords} />
      )}
      {dataset !== undefined && tab !== "statistics" && (
        <Records
          key={tab}
          {...{ path, followed, dataset, query: asked, setQuery: setAsked }}
          isOfDuplicates={tab === "duplicates"}
        />
      )}
    </Dialog>
  );
}

function factsOf(dataset: Dataset): string {
  const { format, layout, records, isIndexed, isRunning } = dataset;
  return [
    layout === undefined ? format : `${format}, ${layout}`,
    isIndexed ? words.recordCount(records) : words.recordsSoFar(records),
    ...(isRunning ? [words.datasetRunning] : []),
  ].join(" · ");
}

interface RecordsProps {
  readonly path: string;
  readonly followed: ReturnType<typeof useDataset>;
  readonly dataset: Dataset;
  readonly query: RecordQuery;
  readonly isOfDuplicates: boolean;
  setQuery(query: RecordQuery): void;
}

const ofDuplicates: RecordQuery = { duplicates: true };

function Records(props: RecordsProps): ReactNode {
  const { path, followed, dataset, isOfDuplicates, setQuery } = props;
  const query = isOfDuplicates ? ofDuplicates : props.query;
  const records = useRecords(path, query, dataset.version);
  const [chosen, choose] = useState(0);
  const [isDetail, setDetail] = useState(false);
  const [hasMasks, setMasks] = useState(true);
  const [columns, setColumns] = useState(1);
  const total = records.total ?? 0;
  const at = Math.max(0, Math.min(chosen, total - 1));
  const record = records.at(at);
  const deciding = useDeciding({ path, query, followed, records, at, choose });
  const pictures = pictureFields(dataset);
  const isOpen = isDetail && record !== undefined;
  const { want } = records;
  const go = (place: number) => {
    choose(place);
    want(place, place + 1);
  };
  const keys: Readonly<Record<string, () => unknown>> = {
    a: () => deciding.decide("accepted"),
    r: () => deciding.decide("rejected"),
    c: () => deciding.decide(null),
    u: deciding.undo,
    n: deciding.nextUndecided,
    m: () => setMasks(!hasMasks),
    enter: () => setDetail(record !== undefined && !isDetail),
    ...(isOpen ? { escape: () => setDetail(false) } : {}),
  };
  useKeys((key) => {
    const act = keys[key];
    const next = act === undefined ? moveBy(key, { at, total, columns: isOpen ? 1 : columns }) : at;
    if (act !== undefined) void act();
    else if (next !== undefined) go(next);
    return next !== undefined;
  });
  return (
    <div className="browse-records">
      {isOfDuplicates ? (
        <DuplicateTools {...{ path, followed, chosen: record?.group && record.key }} />
      ) : (
        <RecordFilters dataset={dataset} query={query} change={setQuery} />
      )}
      {isOpen ? (
        <RecordDetail {...{ path, record, pictures, hasMasks, version: dataset.version }} />
      ) : (
        <RecordGrid
          {...{ path, records, pictures, hasMasks, at, choose }}
          open={(place) => {
            choose(place);
            setDetail(true);
          }}
          onColumns={setColumns}
        />
      )}
      {records.total === 0 && !isOfDuplicates && (
        <p className="quiet">{dataset.isIndexed ? words.noRecordsFound : words.openingDataset}</p>
      )}
      <DecisionBar
        {...{ at, total, isDetail: isOpen, hasMasks, record }}
        hasMaskField={pictures.mask !== undefined}
        canUndo={dataset.canUndo}
        said={deciding.said}
        press={(key) => void keys[key]?.()}
        go={go}
      />
    </div>
  );
}
