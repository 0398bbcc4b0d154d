import type { JobSummary } from "@insightgraph/engine/protocol";
import { useCallback, useEffect, useMemo, useState } from "react";
import { describeThrown } from "../connection/issue-words.ts";
import { isQueuePaused, listJobs, listQueue, readJob } from "../connection/jobs-client.ts";
import { catchUp, type RunRecord, type Runs } from "../connection/run-state.ts";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";

/** A run with what the server's list says of it, where it is listed yet. */
export interface PastRun {
  readonly run: RunRecord;
  readonly job?: JobSummary;
}

/** The history of all runs, newest first. */
export interface RunHistory {
  readonly runs: readonly PastRun[];
  /** Whether the server keeps older ones. */
  readonly hasOlder: boolean;
  readonly fault: string | undefined;
  /** Ids of the jobs that wait, the next one first. */
  readonly queue: readonly string[];
  readonly isPaused: boolean;
  showOlder(): void;
  /** Changes jobs on the server, then lists them again. */
  act(change: () => Promise<unknown>): Promise<void>;
}

const pageSize = 20;

/** Joins the runs that the page follows with those that the server keeps from before. */
export function useRunHistory(editor: Editor): RunHistory {
  const known = useStore(editor.store, (state) => state.runs);
  const phases = known.map((run) => run.phase).join();
  const [limit, setLimit] = useState(pageSize);
  const [jobs, setJobs] = useState<readonly JobSummary[]>([]);
  const [older, setOlder] = useState<Runs>([]);
  const [queue, setQueue] = useState<readonly string[]>([]);
  const [isPaused, setPaused] = useState(false);
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
    const listed = await listJobs(limit);
    setJobs(listed);
    setQueue(await listQueue());
    setPaused(await isQueuePaused());
    const isKnown = new Set(editor.store.get().runs.map((run) => run.runId));
    for (const { id } of listed.filter((job) => !isKnown.has(job.id))) {
      const snapshot = await readJob(id);
      setOlder((runs) => catchUp(runs, snapshot));
    }
  }, [editor, limit]);
  // Listed anew whenever a run begins or ends.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `phases` is what it follows
  useEffect(() => void guard(refresh), [guard, refresh, phases]);
  const runs = useMemo(() => joinRuns(known, older, jobs), [known, older, jobs]);
  return {
    runs,
    hasOlder: jobs.length >= limit,
    fault,
    queue,
    isPaused,
    showOlder: () => setLimit((before) => before + pageSize),
    act: (change) => guard(async () => change().then(refresh)),
  };
}

/** Each run once, in the server's order; before them those that it does not list yet. */
function joinRuns(known: Runs, older: Runs, jobs: readonly JobSummary[]): PastRun[] {
  const byId = new Map([...older, ...known].map((run) => [run.runId, run]));
  const listed = jobs.flatMap((job) => {
    const run = byId.get(job.id);
    return run === undefined ? [] : [{ run, job }];
  });
  const isListed = ({ runId = "" }: RunRecord) => jobs.some(({ id }) => id === runId);
  // A run without an id has been requested only; before the first list, all runs come from the page.
  const unlisted = known.filter((run) => run.runId === undefined || jobs.length === 0);
  return [
    ...unlisted
      .filter((run) => !isListed(run))
      .toReversed()
      .map((run) => ({ run })),
    ...listed,
  ];
}
