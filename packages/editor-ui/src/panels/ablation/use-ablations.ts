import { useCallback, useEffect, useState } from "react";
import {
  type AblationSummary,
  type AblationTable,
  listAblations,
  readTable,
} from "../../connection/ablations-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";

/** How often a page asks for the scores of an ablation that runs. */
const pollMs = 1000;

/** The ablations of the server, and the scores of one of them, as they come in. */
export interface ShownAblations {
  readonly list: readonly AblationSummary[] | undefined;
  readonly table: AblationTable | undefined;
  readonly fault: string | undefined;
  /** Changes something on the server, then asks for all anew. */
  act(change: () => Promise<unknown>): Promise<void>;
}

function isUnderWay({ state }: AblationSummary): boolean {
  return state === "queued" || state === "running";
}

/** Follows an ablation. @param id The latest one where none is chosen. */
export function useAblations(id: string | undefined): ShownAblations {
  const [list, setList] = useState<readonly AblationSummary[]>();
  const [table, setTable] = useState<AblationTable>();
  const [fault, setFault] = useState<string>();
  const refresh = useCallback(async (): Promise<boolean> => {
    try {
      const ablations = await listAblations();
      const shown = ablations.find((one) => one.id === id) ?? ablations[0];
      setTable(shown === undefined ? undefined : await readTable(shown.id));
      setList(ablations);
      setFault(undefined);
      return shown !== undefined && isUnderWay(shown);
    } catch (thrown) {
      setFault(describeThrown(thrown));
      return true;
    }
  }, [id]);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks again
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      const goesOn = await refresh();
      if (goesOn && !isOver) timer = setTimeout(ask, pollMs);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [refresh, turn]);
  return {
    list,
    table,
    fault,
    async act(change) {
      try {
        await change();
      } catch (thrown) {
        setFault(describeThrown(thrown));
        return;
      }
      setTurn((before) => before + 1);
    },
  };
}
