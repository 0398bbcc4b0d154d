import type { ExecutionHost, StartedRun } from "../host/execution-host.ts";
import type { RunEnding, RunEvent } from "../protocol/run-event.ts";

/** A host in the test's own hands: nothing happens in a run but what the test emits. */
export interface FakeHost extends Pick<ExecutionHost, "run"> {
  /** The runs in the order in which they were asked for. */
  readonly runs: readonly { emit(event: RunEvent): void; isCancelled(): boolean }[];
}

/** Accepts every graph that has nodes. */
export function createFakeHost(): FakeHost {
  const runs: FakeHost["runs"][number][] = [];
  return {
    runs,
    async run({ graph }, emit) {
      if (Object.keys(graph.nodes).length === 0) {
        return { issues: [{ code: "graph.nothing-wanted", what: "no nodes", hint: "Add one." }] };
      }
      let isCancelled = false;
      const ended = new Promise<RunEnding>(() => {});
      runs.push({ emit, isCancelled: () => isCancelled });
      const started: StartedRun = {
        ended,
        cancel() {
          isCancelled = true;
        },
      };
      return started;
    },
  };
}
