import { words } from "../messages/messages.ts";
import { formatMs } from "./format.ts";
import type { NodeStatus } from "./node-status.ts";

/** The words at the right end of a node's header. */
export function statusWords(status: NodeStatus): string {
  switch (status.kind) {
    case "idle":
      return "";
    case "running": {
      const { progress } = status.run;
      return progress === undefined || progress.total < 2
        ? "running"
        : `${progress.done} / ${progress.total}`;
    }
    case "done":
      return status.run.cached ? "cached" : formatMs(status.run.ms);
    case "faulty":
      return status.issue.code === "graph.missing-input" ? "incomplete" : "needs attention";
    case "unknown":
      return "unknown type";
    default:
      return status.kind;
  }
}

/** The same for screen readers. */
export function describeStatus(status: NodeStatus): string {
  if (status.kind === "idle") return "not run yet";
  if (status.kind === "done") {
    const done = status.run.cached ? "cached" : `done in ${statusWords(status)}`;
    return status.isStale ? `${done}, ${words.outdated}` : done;
  }
  if ("issue" in status) return `${statusWords(status)}: ${status.issue.what}`;
  return statusWords(status);
}
