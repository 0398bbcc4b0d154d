import { stringifyGraph } from "@insightgraph/engine/graph";
import { type ReactNode, useState } from "react";
import { formatMs } from "../connection/format.ts";
import { deleteJob, retryJob } from "../connection/jobs-client.ts";
import { isUnderWay } from "../connection/run-state.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { labelOf, resultOf } from "./shown-pictures.ts";
import { type PastRun, type RunHistory, useRunHistory } from "./use-run-history.ts";

/** All runs, those that wait and those that are over, with what can be done to each. */
export function HistorySheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("history"));
  return isOpen ? <OpenHistory editor={editor} /> : null;
}

function OpenHistory({ editor }: { readonly editor: Editor }): ReactNode {
  const history = useRunHistory(editor);
  const [filter, setFilter] = useState("");
  const state = editor.store.get();
  const shown = history.runs.filter(({ run }) => {
    const text = `${labelOf(run, state)} ${words.runPhase[run.phase]}`.toLowerCase();
    return filter
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  });
  return (
    <Dialog
      title={words.allRunsTitle}
      className="history"
      close={() => editor.closePanel("history")}
      tools={
        <input
          className="field history-filter"
          type="search"
          aria-label={words.filterRuns}
          placeholder={words.filterRunsHint}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      }
    >
      {history.fault !== undefined && (
        <p className="param-fault" role="alert">
          {history.fault}
        </p>
      )}
      <ul className="history-list">
        {shown.map((past) => (
          <HistoryRow key={past.run.requestId} editor={editor} past={past} history={history} />
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="quiet">{history.runs.length === 0 ? words.noRuns : words.noRunsFound}</p>
      )}
      {history.hasOlder && (
        <button type="button" className="button" onClick={history.showOlder}>
          {words.olderRuns}
        </button>
      )}
    </Dialog>
  );
}

interface HistoryRowProps {
  readonly editor: Editor;
  readonly past: PastRun;
  readonly history: RunHistory;
}

function HistoryRow({ editor, past, history }: HistoryRowProps): ReactNode {
  const { run, job } = past;
  const state = editor.store.get();
  const label = labelOf(run, state);
  const result = resultOf(run, state.catalogue);
  const files = Object.values(run.saved).flat();
  return (
    <li className="history-row" data-phase={run.phase}>
      <span className="history-picture">
        {result !== undefined && <img src={result.url} alt="" />}
      </span>
      <div className="history-words">
        <strong>{label}</strong>
        <span className="quiet">
          {[
            words.runPhase[run.phase],
            run.ms === undefined ? "" : formatMs(run.ms),
            job === undefined ? "" : new Date(job.createdMs).toLocaleString(),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {files.length > 0 && (
          <span className="quiet history-files">{`${words.savedFiles}: ${files.join(", ")}`}</span>
        )}
        {run.error !== undefined && <span className="history-error">{run.error.what}</span>}
      </div>
      <RunActions editor={editor} past={past} history={history} label={label} />
    </li>
  );
}

function RunActions(props: HistoryRowProps & { readonly label: string }): ReactNode {
  const { editor, past, history, label } = props;
  const { run } = past;
  const { runId } = run;
  const openGraph = () => {
    void editor.openGraph(stringifyGraph(run.graph), words.graphOfRun(label));
    editor.closePanel("history");
  };
  const isOnPage = editor.store.get().runs.includes(run);
  const look = () => {
    editor.clearSelection();
    editor.pickRun(run.requestId, false);
    editor.closePanel("history");
    editor.togglePanel("viewer");
  };
  const remove = async (id: string) => {
    await deleteJob(id);
    editor.forgetRun(id);
  };
  const button = (text: string, act: () => unknown) => (
    <button type="button" className="button" aria-label={`${text}: ${label}`} onClick={act}>
      {text}
    </button>
  );
  return (
    <div className="history-actions">
      {isOnPage && button(words.lookAtRun, look)}
      {button(words.openRunGraph, openGraph)}
      {runId !== undefined &&
        isUnderWay(run) &&
        button(words.cancelRun, () => editor.cancel(runId))}
      {runId !== undefined && !isUnderWay(run) && (
        <>
          {button(words.retryRun, () => history.act(() => retryJob(runId)))}
          {button(words.deleteRun, () => history.act(() => remove(runId)))}
        </>
      )}
    </div>
  );
}
