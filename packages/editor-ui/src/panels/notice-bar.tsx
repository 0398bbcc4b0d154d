import { entryOf, type Issue } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { hintSentence, issueSentences } from "../connection/issue-words.ts";
import { titleOf } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import { CloseIcon } from "../parts/icons.tsx";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";

/** What the page has to say: shown until it is closed or the next run. */
export function NoticeBar({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { editor } = workbench;
  const notice = useStore(editor.store, (state) => state.notice);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  if (notice === undefined) return null;
  return (
    <div
      className="notice"
      data-tone={notice.tone}
      role={notice.tone === "failed" ? "alert" : "status"}
    >
      <div className="notice-body">
        <p>{notice.text}</p>
        {notice.issues !== undefined && (
          <ul>
            {notice.issues.map((issue) => (
              <li
                key={`${issue.code} ${issue.nodeId} ${issue.path}`}
                title={hintSentence(issue, catalogue)}
              >
                <IssueLine workbench={workbench} issue={issue} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <button
        type="button"
        className="button button-icon"
        aria-label={words.close}
        onClick={() => editor.dismissNotice()}
      >
        <CloseIcon />
      </button>
    </div>
  );
}

function IssueLine({ workbench, issue }: { workbench: Workbench; issue: Issue }): ReactNode {
  const { store } = workbench.editor;
  const { nodeId } = issue;
  const title = useStore(store, (state) => {
    const node = entryOf(graphOf(state).nodes, nodeId ?? "");
    return node === undefined ? undefined : titleOf(node, state.catalogue);
  });
  const catalogue = useStore(store, (state) => state.catalogue);
  const text = issueSentences(issue, catalogue);
  if (nodeId === undefined || title === undefined) return <span>{text}</span>;
  return (
    <>
      <button
        type="button"
        className="notice-node"
        onClick={() => workbench.canvas()?.focusNode(nodeId)}
      >
        {title}
      </button>
      {`: ${text}`}
    </>
  );
}
