import { type ReactNode, useEffect, useReducer, useRef } from "react";
import { endedRuns } from "../connection/ended-runs.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { labelOf } from "./run-names.ts";

interface Said {
  /** How many times something was said before. */
  readonly count: number;
  readonly text: string;
}

const sayNext = ({ count }: Said, text: string): Said => ({ count: count + 1, text });

/** Says to screen readers what others see happen: runs that end, and steps back and forward. */
export function Announcements({ editor }: { readonly editor: Editor }): ReactNode {
  const runs = useStore(editor.store, (state) => state.runs);
  const lastStep = useStore(editor.store, (state) => state.lastStep);
  const before = useRef(runs);
  const [said, say] = useReducer(sayNext, { count: 0, text: "" });
  useEffect(() => {
    const ended = endedRuns(before.current, runs);
    before.current = runs;
    const told = ended.map((run) =>
      words.runEnded(labelOf(run, editor.store.get()), words.runPhase[run.phase]),
    );
    if (told.length > 0) say(told.join(". "));
  }, [editor, runs]);
  useEffect(() => {
    if (lastStep !== undefined) say(lastStep.kind === "undo" ? words.undone : words.redone);
  }, [lastStep]);
  // A new element is read even where its text is that of the one before.
  return (
    <div className="visually-hidden" role="status">
      <span key={said.count}>{said.text}</span>
    </div>
  );
}
