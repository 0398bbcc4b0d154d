import type { ExecutionHost, StartedRun } from "../host/execution-host.ts";
import type { RunEnding, RunEvent } from "../protocol/run-event.ts";

interface FakeRun {
  readonly device: string | undefined;
  emit(event: RunEvent): void;
  end(ending: RunEnding): void;
  isCancelled(): boolean;
}

/** A host in the test's own hands: nothing happens in a run but what the test emits. */
export interface FakeHost extends Pick<ExecutionHost, "check" | "facts" | "run"> {
  /** The runs in the order in which they were asked for. */
  readonly runs: readonly FakeRun[];
  /** Resolves once that many runs have been asked for. */
  started(count: number): Promise<void>;
}

/** Accepts every graph that has nodes. */
export function createFakeHost(): FakeHost {
  const runs: FakeRun[] = [];
  let wake = (): void => {};
  const check: FakeHost["check"] = async ({ graph }) =>
    Object.keys(graph.nodes).length > 0
      ? []
      : [{ code: "graph.nothing-wanted", what: "no nodes", hint: "Add one." }];
  return {
    runs,
    check,
    facts: async () => ({
      ...{ catalogue: {}, portTypes: {}, device: "none", devices: ["cpu", "cuda:0"], runtime: "0" },
    }),
    async started(count) {
      while (runs.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async run(request, emit) {
      const issues = await check(request);
      if (issues.length > 0) return { issues };
      let isCancelled = false;
      let end = (_ending: RunEnding): void => {};
      const ended = new Promise<RunEnding>((resolve) => {
        end = resolve;
      });
      runs.push({
        device: request.device,
        emit,
        end: (ending) => end(ending),
        isCancelled: () => isCancelled,
      });
      wake();
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
