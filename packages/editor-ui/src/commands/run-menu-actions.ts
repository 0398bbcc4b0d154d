import { isUnderWay, type RunRecord } from "../connection/run-state.ts";
import { words } from "../messages/messages.ts";
import type { Action, ActionCall } from "./action.ts";

/** What the menu of a run offers. */
export const runMenuActions = {
  compareRun: {
    keys: [],
    menus: ["run"],
    isPossible: (call) => runOf(call) !== undefined && call.editor.store.get().picked.length === 1,
    run(call) {
      const run = runOf(call);
      if (run !== undefined) call.editor.pickRun(run.requestId, true);
    },
  },
  openRunGraph: {
    keys: [],
    menus: ["run"],
    isPossible: (call) => runOf(call) !== undefined,
    run(call) {
      const run = runOf(call);
      if (run === undefined) return undefined;
      const { name = "" } = call.editor.store.get().document ?? {};
      return call.editor.openGraph(run.graph, words.graphOfRun(name));
    },
  },
  cancelRun: {
    keys: [],
    menus: ["run"],
    isPossible: (call) => {
      const run = runOf(call);
      return run !== undefined && isUnderWay(run);
    },
    run: (call) => call.editor.cancel(runOf(call)?.runId),
  },
} satisfies Record<string, Action>;

function runOf({ target, editor }: ActionCall): RunRecord | undefined {
  if (target?.kind !== "run") return undefined;
  return editor.store.get().runs.find(({ requestId }) => requestId === target.requestId);
}
