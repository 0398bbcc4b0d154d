import { type ReactNode, useState } from "react";
import { formatMs } from "../connection/format.ts";
import { toSentence } from "../connection/issue-words.ts";
import {
  deleteJob,
  markJob,
  moveJob,
  outputUrl,
  pauseQueue,
  retryJob,
} from "../connection/jobs-client.ts";
import { isUnderWay } from "../connection/run-state.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { labelOf } from "./run-names.ts";
import { resultOf } from "./shown-pictures.ts";
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
  const shown = history.runs.filter(({ run, job }) => {
    const text =
      `${job?.name ?? ""} ${labelOf(run, state)} ${words.runPhase[run.phase]}`.toLowerCase();
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
        <>
          <button
            type="button"
            className="button"
            aria-pressed={history.isPaused}
            onClick={() => void history.act(() => pauseQueue(!history.isPaused))}
          >
            {history.isPaused ? words.resumeQueue : words.pauseQueue}
          </button>
          <button type="button" className="button" onClick={() => editor.togglePanel("cluster")}>
            {words.cluster.open}
          </button>
          <input
            className="field history-filter"
            type="search"
            aria-label={words.filterRuns}
            placeholder={words.filterRunsHint}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </>
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
  return (
    <li className="history-row" data-phase={run.phase}>
      <span className="history-picture">
        {result !== undefined && <img src={result.url} alt="" />}
      </span>
      <div className="history-words">
        <RunName past={past} history={history} label={label} />
        <span className="quiet">
          {[
            words.runPhase[run.phase],
            run.ms === undefined ? "" : formatMs(run.ms),
            job === undefined ? "" : new Date(job.createdMs).toLocaleString(),
            job?.device === undefined ? "" : words.runDevice(job.device),
            job === undefined || job.priority === 0 ? "" : words.runPriority(job.priority),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <SavedFiles past={past} />
        {run.error !== undefined && (
          <span className="history-error">{toSentence(run.error.what)}</span>
        )}
        {run.warning !== undefined && (
          <span className="history-error">{toSentence(run.warning.what)}</span>
        )}
      </div>
      <RunActions editor={editor} past={past} history={history} label={label} />
    </li>
  );
}

/** The files that a run saved; those of a run that is over can be opened. */
function SavedFiles({ past: { run, job } }: { readonly past: PastRun }): ReactNode {
  const files = job === undefined || isUnderWay(run) ? Object.values(run.saved).flat() : job.files;
  if (files.length === 0) return null;
  return (
    <span className="quiet">
      {`${words.savedFiles}: `}
      {files.map((file, number) => (
        <span key={file}>
          {number > 0 && ", "}
          {job === undefined || isUnderWay(run) ? (
            file
          ) : (
            <a href={outputUrl(job.id, number)} target="_blank" rel="noreferrer">
              {file}
            </a>
          )}
        </span>
      ))}
    </span>
  );
}

/** What a run is called: a name that a person gave it, else how its graph differs from the one opened. */
function RunName({ past, history, label }: Omit<HistoryRowProps, "editor"> & { label: string }) {
  const { job } = past;
  const [typed, setTyped] = useState<string>();
  if (job === undefined || typed === undefined) {
    return (
      <strong>
        {job?.name ?? label}
        {job !== undefined && (
          <button
            type="button"
            className="history-rename"
            onClick={() => setTyped(job.name ?? label)}
          >
            {words.renameRun}
          </button>
        )}
      </strong>
    );
  }
  const finish = () => {
    setTyped(undefined);
    void history.act(() => markJob(job.id, { name: typed.trim() }));
  };
  return (
    <input
      className="field"
      aria-label={words.renameRun}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
      autoFocus
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && finish()}
      onBlur={finish}
    />
  );
}

function RunActions(props: HistoryRowProps & { readonly label: string }): ReactNode {
  const { editor, past, history, label } = props;
  const { run, job } = past;
  const { runId } = run;
  const at = history.queue.indexOf(runId ?? "");
  const move = (before: string | undefined) => history.act(() => moveJob(runId ?? "", before));
  const openGraph = () => {
    void editor.openGraph(run.graph, words.graphOfRun(label));
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
      {at > 0 && button(words.runEarlier, () => move(history.queue[at - 1]))}
      {at >= 0 &&
        at < history.queue.length - 1 &&
        button(words.runLater, () => move(history.queue[at + 2]))}
      {job !== undefined && (
        <button
          type="button"
          className="button"
          aria-pressed={job.isKept}
          aria-label={`${words.keepRun}: ${label}`}
          title={words.keepRunHint}
          onClick={() => void history.act(() => markJob(job.id, { isKept: !job.isKept }))}
        >
          {words.keepRun}
        </button>
      )}
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
