import type { Preview } from "../node/preview.ts";
import type { NodeEvent } from "./run-event.ts";

/** The progress of a node, as a run reports it. */
export type NodeProgressed = Extract<NodeEvent, { readonly type: "node-progressed" }> & {
  readonly runId: string;
  readonly seq?: number;
};

/** How far nodes of a run are; told a few times a second, with only what is new. */
export interface ProgressDelta {
  readonly type: "progress";
  readonly runId: string;
  /** That of the latest event in it. */
  readonly seq?: number;
  /** By node. A connection's first delta of a node has its `total`, later ones where it changed. */
  readonly nodes: Readonly<Record<string, NodeDelta>>;
}

interface NodeDelta {
  readonly done: number;
  readonly total?: number;
  readonly preview?: Preview;
}

/** What one end of a connection remembers of the progress that went over it. */
export interface ProgressMemory {
  /** The reports as deltas, one for each run. */
  toDeltas(reports: readonly NodeProgressed[]): readonly ProgressDelta[];
  /** The reports that a delta was made of. */
  fromDelta(delta: ProgressDelta): readonly NodeProgressed[];
  /** Forgets a run that is over. */
  forget(runId: string): void;
}

/** Creates the memory of a connection on which nothing was told yet. */
export function createProgressMemory(): ProgressMemory {
  const totalsByRun = new Map<string, Map<string, number>>();
  const totalsOf = (runId: string): Map<string, number> => {
    const totals = totalsByRun.get(runId) ?? new Map<string, number>();
    totalsByRun.set(runId, totals);
    return totals;
  };
  const toDelta = (runId: string, reports: readonly NodeProgressed[]): ProgressDelta => {
    const totals = totalsOf(runId);
    const nodes = reports.map(({ nodeId, done, total, preview }): [string, NodeDelta] => {
      const news = totals.get(nodeId) === total ? {} : { total };
      totals.set(nodeId, total);
      return [nodeId, { done, ...news, ...(preview === undefined ? {} : { preview }) }];
    });
    const { seq } = reports.at(-1) ?? {};
    const number = seq === undefined ? {} : { seq };
    return { type: "progress", runId, ...number, nodes: Object.fromEntries(nodes) };
  };
  return {
    toDeltas(reports) {
      const runs = [...new Set(reports.map(({ runId }) => runId))];
      return runs.map((id) =>
        toDelta(
          id,
          reports.filter(({ runId }) => runId === id),
        ),
      );
    },
    fromDelta({ runId, seq, nodes }) {
      const totals = totalsOf(runId);
      const number = seq === undefined ? {} : { seq };
      return Object.entries(nodes).map(([nodeId, { total: told, ...rest }]) => {
        const total = told ?? totals.get(nodeId) ?? 0;
        totals.set(nodeId, total);
        return { type: "node-progressed", runId, nodeId, total, ...rest, ...number };
      });
    },
    forget: (runId) => void totalsByRun.delete(runId),
  };
}
