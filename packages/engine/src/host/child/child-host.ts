import { isUpToDate } from "../../graph/up-to-date.ts";
import { isEnding } from "../../protocol/run-event.ts";
import { createGraphChecker } from "../check/graph-checker.ts";
import type { ExecutionHost, HostFacts } from "../execution-host.ts";
import type { ExecutionProcess, ProcessOptions } from "./execution-process.ts";
import { createHostRuns } from "./host-runs.ts";
import { createProcessKeeper } from "./process-keeper.ts";

/** How a host runs graphs in its execution process. */
export interface ChildHostOptions extends ProcessOptions {
  /** Time for a cancelled run to end by itself before its process is replaced. @default 500 */
  readonly graceMs?: number;
  /** A process that has more memory than this is replaced as soon as no run is in it. @default no limit */
  readonly recycleBytes?: number;
}

/** After this time, the beats of a process have told the memory that a run has left. */
const settleMs = 600;

/** Runs graphs in a child process, and replaces it whenever it ends. */
export function createChildHost(options: ChildHostOptions): ExecutionHost {
  const { graceMs = 500, recycleBytes = Number.POSITIVE_INFINITY } = options;
  let known: HostFacts | undefined;
  let isClosed = false;

  const recycle = (process: ExecutionProcess): void => {
    if (!isClosed && runs.isIdle() && process.memoryBytes() > recycleBytes) keeper.replace(process);
  };
  const keeper = createProcessKeeper(options, {
    onReply(process, reply) {
      runs.receive(process, reply);
      if (!isEnding(reply)) return;
      recycle(process);
      setTimeout(recycle, settleMs, process).unref();
    },
    onGone: (process, departure) => runs.lose(process, departure),
  });
  const runs = createHostRuns({ graceMs, keeper });
  const checker = createGraphChecker({ execArgv: options.execArgv });
  const facts = async (): Promise<HostFacts> => {
    if (known === undefined || isClosed) known = await (await keeper.ready()).facts;
    return known;
  };

  return {
    facts,
    check: async (request) => checker.check(request, (await facts()).catalogue),
    async run(request, emit) {
      const issues = await checker.check(request, (await facts()).catalogue);
      return issues.length > 0 ? { issues } : runs.add(request, emit);
    },
    async migrate(graph) {
      const { catalogue } = await facts();
      return isUpToDate(graph, catalogue) ? graph : (await keeper.ready()).migrate(graph);
    },
    memory() {
      const process = keeper.current();
      const [device] = known?.devices ?? [];
      if (process === undefined || device === undefined) return [];
      return [{ device, usedBytes: process.memoryBytes(), limitBytes: process.limitBytes }];
    },
    async close() {
      isClosed = true;
      runs.cancelAll();
      await Promise.all([keeper.close(), checker.close()]);
    },
  };
}
