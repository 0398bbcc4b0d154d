import type { Issue } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { issueSentences } from "../../connection/issue-words.ts";
import type { Editor } from "../../state/editor.ts";
import { useStore } from "../../state/store.ts";

interface IssueListProps {
  readonly editor: Editor;
  readonly issues: readonly Issue[];
}

/** What is wrong, a line each. */
export function IssueList({ editor, issues }: IssueListProps): ReactNode {
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  if (issues.length === 0) return null;
  return (
    <ul className="inspector-issues" role="alert">
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.nodeId} ${issue.what}`}>
          {issueSentences(issue, catalogue)}
        </li>
      ))}
    </ul>
  );
}
