import type { ReactNode } from "react";
import { nodeFraction } from "../connection/run-state.ts";
import { FailedIcon } from "../panels/icons.tsx";
import { type NodeStatus, statusWords } from "./node-status-words.ts";
import { categoryColour } from "./port-look.ts";

interface NodeHeaderProps {
  readonly title: string;
  readonly category: string;
  readonly status: NodeStatus;
}

export function NodeHeader({ title, category, status }: NodeHeaderProps): ReactNode {
  const isWrong = "issue" in status;
  return (
    <>
      <div className="node-header">
        <span className="category" style={{ background: categoryColour(category) }} />
        <span className="node-title" title={title}>
          {title}
        </span>
        <span className="node-status">
          {isWrong && <FailedIcon />}
          {status.kind === "done" && status.run.cached && <span className="cached-mark" />}
          {statusWords(status)}
        </span>
      </div>
      {status.kind === "running" && <NodeProgress status={status} />}
    </>
  );
}

function NodeProgress({ status }: { status: Extract<NodeStatus, { kind: "running" }> }): ReactNode {
  const { progress } = status.run;
  const percent = Math.round(nodeFraction(status.run) * 100);
  return (
    <div
      className="node-progress"
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={100}
      {...(progress === undefined ? {} : { "aria-valuenow": percent })}
      data-known={progress !== undefined}
    >
      <span style={{ width: progress === undefined ? "100%" : `${percent}%` }} />
    </div>
  );
}
