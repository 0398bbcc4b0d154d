import type { NodeCatalogue } from "@insightgraph/engine/graph";
import { words } from "../messages/messages.ts";
import { formatMs } from "./format.ts";
import { whatSentence } from "./issue-words.ts";
import type { NodeStatus } from "./node-status.ts";

/** The words at the right end of a node's header. */
export function statusWords(status: NodeStatus): string {
  switch (status.kind) {
    case "idle":
      return "";
    case "running": {
      const { progress } = status.run;
      return progress === undefined || progress.total < 2
        ? words.node.running
        : `${progress.done} / ${progress.total}`;
    }
    case "done":
      return status.run.cached ? words.node.cached : formatMs(status.run.ms);
    case "faulty":
      return status.issue.code === "graph.missing-input"
        ? words.node.incomplete
        : words.node.needsAttention;
    case "unknown":
      return words.node.unknownType;
    default:
      return words.node[status.kind];
  }
}

/** The same for screen readers. */
export function describeStatus(status: NodeStatus, catalogue: NodeCatalogue): string {
  if (status.kind === "idle") return words.node.notRunYet;
  if (status.kind === "done") {
    const done = status.run.cached ? words.node.cached : words.node.doneIn(statusWords(status));
    return status.isStale ? `${done}, ${words.outdated}` : done;
  }
  if ("issue" in status) {
    return `${statusWords(status)}: ${whatSentence(status.issue, catalogue)}`;
  }
  return statusWords(status);
}
