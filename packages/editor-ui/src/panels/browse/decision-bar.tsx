import type { ReactNode } from "react";
import type { DatasetRecord } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";

interface DecisionBarProps {
  readonly at: number;
  readonly total: number;
  readonly record: DatasetRecord | undefined;
  readonly isDetail: boolean;
  readonly hasMaskField: boolean;
  readonly hasMasks: boolean;
  readonly canUndo: boolean;
  /** What was done last. */
  readonly said: string;
  /** Does what a key does. */
  press(key: string): void;
  go(place: number): void;
}

/** Buttons for what the keys do with the chosen record. */
export function DecisionBar(props: DecisionBarProps): ReactNode {
  const { at, total, record, isDetail, hasMaskField, hasMasks, canUndo, said, press, go } = props;
  const decision = record?.decision;
  const button = (text: string, key: string, more: object = {}) => (
    <button type="button" className="button" onClick={() => press(key.toLowerCase())} {...more}>
      {text}
      <kbd>{key}</kbd>
    </button>
  );
  const none = { disabled: record === undefined };
  return (
    <footer className="decision-bar">
      {button(words.acceptRecord, "A", { ...none, "aria-pressed": decision === "accepted" })}
      {button(words.rejectRecord, "R", { ...none, "aria-pressed": decision === "rejected" })}
      {button(words.clearDecision, "C", { disabled: decision === undefined })}
      {button(words.undoDecision, "U", { disabled: !canUndo })}
      {button(words.nextUndecided, "N", none)}
      {button(isDetail ? words.backToGrid : words.openRecord, "Enter", none)}
      {hasMaskField && button(words.showMasks, "M", { "aria-pressed": hasMasks })}
      {isDetail && (
        <>
          <button type="button" className="button" disabled={at === 0} onClick={() => go(at - 1)}>
            {words.previousRecord}
          </button>
          <button
            type="button"
            className="button"
            disabled={at >= total - 1}
            onClick={() => go(at + 1)}
          >
            {words.nextRecord}
          </button>
        </>
      )}
      <span className="spacer" />
      <span role="status" className="quiet">
        {said}
      </span>
      <span className="quiet">{total === 0 ? "" : words.recordPlace(at + 1, total)}</span>
    </footer>
  );
}
