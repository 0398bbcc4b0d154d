import type { ReactNode } from "react";
import type { Segmenter } from "../../document/outline-graph.ts";
import { words } from "../../messages/messages.ts";
import type { Outlines } from "./use-outlines.ts";

interface OutlineBarProps {
  readonly segmenters: readonly Segmenter[];
  readonly chosen: Segmenter | undefined;
  choose(label: string): void;
  readonly outlines: Outlines;
}

/** Who finds outlines, and how far the search for one is. */
export function OutlineBar({ segmenters, chosen, choose, outlines }: OutlineBarProps): ReactNode {
  const { progress } = outlines;
  return (
    <div className="mask-tools outline-bar">
      <select
        className="field field-choice"
        aria-label={words.segmenter}
        value={chosen?.label}
        onChange={({ target }) => choose(target.value)}
      >
        {segmenters.map(({ label }) => (
          <option key={label}>{label}</option>
        ))}
      </select>
      <p role={progress?.phase === "failed" ? "alert" : "status"} data-phase={progress?.phase}>
        {progress === undefined
          ? words.objectHint
          : progress.phase === "failed"
            ? progress.why
            : words.outlineProgress[progress.phase]}
      </p>
      {progress !== undefined && progress.phase !== "failed" && (
        <button type="button" className="button" onClick={outlines.cancel}>
          {words.cancel}
        </button>
      )}
    </div>
  );
}
