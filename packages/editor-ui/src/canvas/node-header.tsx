import type { ColourRole } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import type { NodeStatus } from "../connection/node-status.ts";
import { statusWords } from "../connection/node-status-words.ts";
import { nodeFraction } from "../connection/run-state.ts";
import { words } from "../messages/messages.ts";
import { CategoryMark } from "../parts/category-mark.tsx";
import { FailedIcon } from "../parts/icons.tsx";
import type { Editor } from "../state/editor.ts";
import { NodeTitle } from "./node-title.tsx";

interface NodeHeaderProps {
  readonly editor: Editor;
  readonly id: string;
  readonly title: string;
  readonly role: ColourRole | undefined;
  readonly status: NodeStatus;
}

/** Category, title and status of a node, and its progress while it runs. */
export function NodeHeader({ editor, id, title, role, status }: NodeHeaderProps): ReactNode {
  const isWrong = "issue" in status;
  const isCached = status.kind === "done" && !status.isStale && status.run.cached;
  return (
    <>
      <div className="node-header">
        <CategoryMark role={role} />
        <NodeTitle editor={editor} id={id} title={title} />
        <span className="node-status">
          {isWrong && <FailedIcon />}
          {status.kind === "done" && status.isStale && (
            <span className="stale-mark" title={words.outdatedHint} />
          )}
          {isCached && <span className="cached-mark" />}
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
      aria-label={words.node.progress}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(progress === undefined ? {} : { "aria-valuenow": percent })}
      data-known={progress !== undefined}
    >
      <span style={{ width: progress === undefined ? "100%" : `${percent}%` }} />
    </div>
  );
}
