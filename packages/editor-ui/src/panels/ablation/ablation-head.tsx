import type { ReactNode } from "react";
import type { AblationSummary, AblationTable } from "../../connection/ablations-client.ts";
import { issueSentences } from "../../connection/issue-words.ts";
import { words } from "../../messages/messages.ts";

interface AblationHeadProps {
  readonly list: readonly AblationSummary[] | undefined;
  readonly table: AblationTable | undefined;
  readonly fault: string | undefined;
  choose(id: string): void;
}

/** Which ablation is shown, and how far it has come. */
export function AblationHead({ list, table, fault, choose }: AblationHeadProps): ReactNode {
  const ablation = table?.ablation;
  return (
    <>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      {list?.length === 0 && <p className="quiet">{words.noAblations}</p>}
      {list !== undefined && ablation !== undefined && (
        <div className="ablation-tools">
          <label className="ablation-field">
            {words.chooseAblation}
            <select
              className="field field-choice"
              value={ablation.id}
              onChange={({ target }) => choose(target.value)}
            >
              {list.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <span role="status" data-state={ablation.state}>
            {describe(ablation)}
          </span>
          {ablation.state === "running" && (
            <progress
              aria-label={words.ablationState.running}
              max={Math.max(1, ablation.total)}
              value={ablation.done + ablation.failed}
            />
          )}
        </div>
      )}
      {ablation?.error !== undefined && (
        <p className="param-fault" role="alert">
          {issueSentences(ablation.error as Parameters<typeof issueSentences>[0])}
        </p>
      )}
    </>
  );
}

function describe({ state, done, failed, total }: AblationSummary): string {
  const parts = [
    words.ablationState[state],
    words.ablationProgress(done + failed, total),
    ...(failed === 0 ? [] : [words.ablationFailures(failed)]),
  ];
  return parts.join(" · ");
}
