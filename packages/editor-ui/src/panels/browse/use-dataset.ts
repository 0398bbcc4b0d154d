import { useCallback, useEffect, useState } from "react";
import { type Dataset, readDataset } from "../../connection/datasets-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";

/** A data set as the server has it now. */
export interface FollowedDataset {
  readonly dataset: Dataset | undefined;
  readonly fault: string | undefined;
  /** Changes the data set on the server; what it answers is shown. @returns whether that went well */
  act(change: () => Promise<Dataset>): Promise<boolean>;
}

/** How often another window's decisions, a run's records and a search's progress are asked for. */
const askMs = 1500;
/** How often while the server still reads the records. */
const readingMs = 300;

/** Follows a data set: what another window decides is seen here soon. */
export function useDataset(path: string): FollowedDataset {
  const [dataset, setDataset] = useState<Dataset>();
  const [fault, setFault] = useState<string>();
  const act = useCallback(async (change: () => Promise<Dataset>) => {
    try {
      const next = await change();
      // The same answer again draws nothing anew.
      setDataset((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
      setFault(undefined);
      return true;
    } catch (thrown) {
      setFault(describeThrown(thrown));
      return false;
    }
  }, []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      let waitMs = askMs;
      const read = async () => {
        const found = await readDataset(path);
        if (!found.isIndexed) waitMs = readingMs;
        return found;
      };
      if (!document.hidden) await act(read);
      if (!isOver) timer = setTimeout(ask, waitMs);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [act, path]);
  return { dataset, fault, act };
}
