import type { Schemas } from "@insightgraph/client";
import { useCallback, useEffect, useState } from "react";
import { type ClusterState, readCluster, readClusterRun } from "../../connection/cluster-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";

/** How often the server is asked while the sheet is open. */
const askMs = 2000;

/** What the sheet shows, asked anew every two seconds. */
export interface FollowedCluster {
  readonly state: ClusterState | undefined;
  /** Of the run that is chosen. */
  readonly details: Schemas["ClusterRunDetails"] | undefined;
  readonly fault: string | undefined;
  /** Changes something on the server, then asks anew. */
  act(change: () => Promise<unknown>): Promise<void>;
}

/** Follows the cluster, and one of its runs in detail. */
export function useCluster(chosen: string | undefined): FollowedCluster {
  const [state, setState] = useState<ClusterState>();
  const [details, setDetails] = useState<Schemas["ClusterRunDetails"]>();
  const [fault, setFault] = useState<string>();
  const guard = useCallback(async (task: () => Promise<unknown>) => {
    try {
      await task();
      setFault(undefined);
    } catch (thrown) {
      setFault(describeThrown(thrown));
    }
  }, []);
  const refresh = useCallback(async () => {
    const read = await readCluster();
    setState(read);
    const isThere = read.runs.some(({ id }) => id === chosen);
    setDetails(chosen !== undefined && isThere ? await readClusterRun(chosen) : undefined);
  }, [chosen]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOpen = true;
    const ask = async (): Promise<void> => {
      await guard(refresh);
      if (isOpen) timer = setTimeout(() => void ask(), askMs);
    };
    void ask();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [guard, refresh]);
  return {
    state,
    details: details?.run.id === chosen ? details : undefined,
    fault,
    act: (change) => guard(async () => change().then(refresh)),
  };
}
