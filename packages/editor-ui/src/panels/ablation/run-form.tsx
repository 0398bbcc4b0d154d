import type { Ablation, Issue } from "@insightgraph/engine/graph";
import { type ReactNode, useId, useState } from "react";
import { startAblation } from "../../connection/ablations-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";
import { cellsOf, isExcluded } from "../../document/ablation-cells.ts";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { documentOf } from "../../state/editor-state.ts";
import { IssueList } from "./issue-list.tsx";

interface RunFormProps {
  readonly editor: Editor;
  readonly ablation: Ablation;
  /** Whether nothing is wrong with the variants. */
  readonly isPossible: boolean;
  started(id: string): void;
}

/** More runs than this begin only when a person says so, as on the command line. */
const mostUnasked = 10_000;

/** On which items to score the cells, and the button that begins. */
export function RunForm({ editor, ablation, isPossible, started }: RunFormProps): ReactNode {
  const id = useId();
  const [place, setPlace] = useState<string>();
  const [count, setCount] = useState(100);
  const [retriesFailed, setRetries] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [fault, setFault] = useState<string>();
  const cells = cellsOf(ablation).filter(({ choice }) => !isExcluded(ablation, choice)).length;
  const begin = async (isConfirmed: boolean) => {
    if (cells * count > mostUnasked && !isConfirmed) {
      setAsking(true);
      return;
    }
    setAsking(false);
    setSending(true);
    const state = editor.store.get();
    const graph = documentOf(state);
    const name = state.document?.name ?? graph.name ?? words.untitled;
    try {
      const order = { name, graph, source: place, count, isConfirmed, retriesFailed };
      const answer = await startAblation(order);
      setFault(undefined);
      setIssues("issues" in answer ? answer.issues : []);
      if ("id" in answer) started(answer.id);
    } catch (thrown) {
      setFault(describeThrown(thrown));
    } finally {
      setSending(false);
    }
  };
  return (
    <section className="run-form" aria-label={words.runAblation}>
      <label className="ablation-field">
        {words.ablationSource}
        <select
          className="field field-choice"
          value={place === undefined ? "held-out" : "set"}
          onChange={({ target }) => setPlace(target.value === "set" ? "" : undefined)}
        >
          <option value="held-out">{words.heldOutScenes}</option>
          <option value="set">{words.dataSet}</option>
        </select>
      </label>
      {place !== undefined && (
        <label className="ablation-field">
          {words.dataSetPlace}
          <input
            className="field"
            value={place}
            onChange={({ target }) => setPlace(target.value)}
          />
        </label>
      )}
      <label className="ablation-field">
        {words.ablationCount}
        <input
          className="field run-count"
          type="number"
          min={1}
          value={count}
          onChange={({ target }) => setCount(Math.max(1, Math.round(Number(target.value)) || 1))}
        />
      </label>
      <label className="ablation-check" htmlFor={`${id}-retry`}>
        <input
          id={`${id}-retry`}
          type="checkbox"
          checked={retriesFailed}
          onChange={({ target }) => setRetries(target.checked)}
        />
        {words.retryFailed}
      </label>
      <p className="quiet">{words.runsPlanned(cells, count)}</p>
      <IssueList editor={editor} issues={issues} />
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      {isAsking && <p role="alert">{words.manyRuns(cells * count)}</p>}
      <button
        type="button"
        className="button button-primary"
        disabled={!isPossible || isSending || cells === 0 || place === ""}
        onClick={() => void begin(isAsking)}
      >
        {isAsking ? words.beginAll : words.runAblation}
      </button>
    </section>
  );
}
