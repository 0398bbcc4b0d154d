import type { Issue } from "@insightgraph/engine/graph";
import { formatMs } from "../connection/format.ts";
import type { NodeState } from "../connection/run-state.ts";

type Running = Extract<NodeState, { phase: "running" }>;
type Done = Extract<NodeState, { phase: "done" }>;

/** What a node's header says of it. */
export type NodeStatus =
  | { readonly kind: "idle" | "queued" | "bypassed" | "muted" }
  | { readonly kind: "running"; readonly run: Running }
  | { readonly kind: "done"; readonly run: Done }
  | { readonly kind: "failed" | "faulty" | "unknown"; readonly issue: Issue };

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
      return status.issue.code === "graph.missing-input" ? "incomplete" : "needs a look";
    case "unknown":
      return "unknown type";
    default:
      return status.kind;
  }
}

/** The same for people who listen. */
export function describeStatus(status: NodeStatus): string {
  if (status.kind === "idle") return "not run yet";
  if (status.kind === "done")
    return status.run.cached ? "cached" : `done in ${statusWords(status)}`;
  if ("issue" in status) return `${statusWords(status)}: ${status.issue.what}`;
  return statusWords(status);
}
