import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { formatMs } from "../connection/format.ts";
import { fractionDone, isUnderWay, type RunRecord, type Runs } from "../connection/run-state.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { labelOf, listedRuns, ownRuns } from "./run-names.ts";
import { resultOf } from "./shown-pictures.ts";

/** Every run as a small picture, oldest first; one is looked at, two are compared. */
export function FilmStrip({ editor }: { readonly editor: Editor }): ReactNode {
  const { store } = editor;
  const all = useStore(store, (state) => state.runs);
  const document = useStore(store, (state) => state.document?.id);
  const picked = useStore(store, (state) => state.picked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these decide which runs are listed
  const runs = useMemo(() => listedRuns(store.get()), [store, all, document, picked]);
  const list = useRef<HTMLUListElement>(null);
  const count = runs.length;
  useEffect(() => {
    if (count > 0) list.current?.scrollTo({ left: list.current.scrollWidth });
  }, [count]);
  return (
    <section className="film-strip" aria-label={words.runs}>
      <div className="film-strip-head">
        <h2>{words.runs}</h2>
        <p>{countWords(all, runs.length)}</p>
        {count > 1 && (
          <p className="film-strip-hint">
            {picked.length === 2 ? words.comparingRuns : words.compareRunsHint}
          </p>
        )}
        <button
          type="button"
          className="button film-strip-all"
          onClick={() => editor.togglePanel("history")}
        >
          {words.allRuns}
        </button>
      </div>
      <ul ref={list} className="film-strip-list">
        {runs.map((run) => (
          <li key={run.requestId}>
            <RunCard editor={editor} run={run} isPicked={picked.includes(run.requestId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RunCardProps {
  readonly editor: Editor;
  readonly run: RunRecord;
  readonly isPicked: boolean;
}

function RunCard({ editor, run, isPicked }: RunCardProps): ReactNode {
  const state = editor.store.get();
  const result = resultOf(run, state.catalogue);
  const label = labelOf(run, state);
  const isLive = isUnderWay(run);
  // The picture of a run that did not finish is that of a node on the way.
  const isResult = run.phase === "finished" && result !== undefined;
  const press = (event: KeyboardEvent) => {
    if (event.key !== " ") return;
    event.preventDefault();
    editor.pickRun(run.requestId, true);
  };
  return (
    <button
      type="button"
      className="run-card"
      data-phase={run.phase}
      aria-pressed={isPicked}
      title={label}
      onClick={(event) =>
        editor.pickRun(run.requestId, event.shiftKey || event.ctrlKey || event.metaKey)
      }
      onKeyDown={press}
      onContextMenu={(event) => {
        event.preventDefault();
        const { left, top } = event.currentTarget.getBoundingClientRect();
        // By Shift+F10 there is no pointer: the menu opens at the run itself.
        const at = event.clientX > 0 ? { x: event.clientX, y: event.clientY } : { x: left, y: top };
        editor.openMenu({ target: { kind: "run", requestId: run.requestId }, at });
      }}
    >
      <span className="run-card-picture">
        {result !== undefined && <img src={result.url} alt="" draggable={false} />}
        {!isResult && (
          <span className="run-card-words" data-over={result !== undefined}>
            {isLive ? liveWords(run, ownRuns(state)) : endWords(run)}
          </span>
        )}
      </span>
      <span className="run-card-foot">
        <span className="run-card-label">{label}</span>
        {isResult && <span className="visually-hidden">{words.runPhase[run.phase]}</span>}
        {run.ms !== undefined && <span className="run-card-time">{formatMs(run.ms)}</span>}
      </span>
    </button>
  );
}

function liveWords(run: RunRecord, earlier: Runs): string {
  return run.phase === "queued"
    ? words.runPhase.queued
    : `${Math.round(fractionDone(run, earlier) * 100)} %`;
}

function endWords({ phase }: RunRecord): string {
  return phase === "finished" ? words.noPicture : words.runPhase[phase];
}

/** What is under way is counted for all graphs, as they share the devices. */
function countWords(runs: Runs, listed: number): string {
  const running = runs.filter((run) => run.phase === "running").length;
  const queued = runs.filter((run) => run.phase === "queued").length;
  if (running + queued > 0) return words.runsUnderWay(running, queued);
  return listed === 0 ? words.noRuns : words.runsSoFar(listed);
}
