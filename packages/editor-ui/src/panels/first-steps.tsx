import { type ReactNode, useState } from "react";
import { isUnderWay } from "../connection/run-state.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { canUndo, type EditorState } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

const storageKey = "insightgraph.first-steps";

/** Leads through a first edit in three steps; once done or skipped it does not come back. */
export function FirstSteps({ editor }: { readonly editor: Editor }): ReactNode {
  const [isOver, setOver] = useState(() => localStorage.getItem(storageKey) === "over");
  const step = useStore(editor.store, stepOf);
  const isInspectorOpen = useStore(editor.store, (state) => state.openPanels.has("inspector"));
  if (isOver || step === undefined) return null;
  const end = () => {
    localStorage.setItem(storageKey, "over");
    setOver(true);
  };
  const steps = [words.guideInstruction, words.guideRun, words.guideLook];
  return (
    <section className="first-steps" aria-label={words.guideTitle}>
      <ol>
        {steps.map((text, at) => (
          <li
            key={text}
            data-state={at < step ? "done" : at === step ? "now" : "next"}
            aria-current={at === step ? "step" : undefined}
          >
            {text}
          </li>
        ))}
      </ol>
      {step === 2 && !isInspectorOpen && (
        <button type="button" className="button" onClick={() => editor.togglePanel("inspector")}>
          {words.guideShow}
        </button>
      )}
      <button type="button" className="button" onClick={end}>
        {step === 2 ? words.close : words.guideSkip}
      </button>
    </section>
  );
}

/** The step that comes next; undefined where the graph shows no edit of a picture to begin with. */
function stepOf(state: EditorState): 0 | 1 | 2 | undefined {
  const { document, served, runs, picked, level, openPanels } = state;
  const isElsewhere = document === undefined || document.id !== served?.documentId;
  if (isElsewhere || picked.length > 1 || level.length > 0 || openPanels.has("app")) {
    return undefined;
  }
  if (runs.some((run) => run.phase === "finished")) return 2;
  return canUndo(state) || runs.some(isUnderWay) ? 1 : 0;
}
