import { EngineError } from "../../errors.ts";
import { isUpToDate } from "../../graph/up-to-date.ts";
import { checkRun } from "../../plan/plan-run.ts";
import type { ExecutionHost } from "../execution-host.ts";
import {
  type ChildHostOptions,
  type ExecutionProcess,
  startExecutionProcess,
} from "./execution-process.ts";

/** Runs graphs in a child process, and restarts it whenever it ends. */
export function createChildHost(options: ChildHostOptions): ExecutionHost {
  let isClosed = false;
  let current: ExecutionProcess | undefined;

  const start = (): ExecutionProcess => {
    let isReady = false;
    const started = startExecutionProcess(options, () => {
      if (current !== started) return;
      // A process that never became ready is restarted only on demand, to avoid a crash loop.
      current = isReady && !isClosed ? start() : undefined;
    });
    started.facts.then(
      () => {
        isReady = true;
      },
      () => {},
    );
    return started;
  };
  const running = (): ExecutionProcess => {
    if (isClosed) {
      throw new EngineError("process.lost", "the execution process has been closed", {
        hint: "Start InsightGraph again.",
      });
    }
    current ??= start();
    return current;
  };

  running();
  return {
    facts: async () => running().facts,
    async check({ graph, outputs }) {
      const { catalogue } = await running().facts;
      return checkRun(graph, catalogue, outputs);
    },
    async run(request, emit) {
      const owner = running();
      const { catalogue } = await owner.facts;
      const issues = checkRun(request.graph, catalogue, request.outputs);
      return issues.length > 0 ? { issues } : owner.run(request, emit);
    },
    async migrate(graph) {
      const owner = running();
      const { catalogue } = await owner.facts;
      return isUpToDate(graph, catalogue) ? graph : owner.migrate(graph);
    },
    async close() {
      isClosed = true;
      const last = current;
      last?.kill();
      await last?.gone;
    },
  };
}
