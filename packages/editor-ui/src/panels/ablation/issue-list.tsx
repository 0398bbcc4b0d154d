import type { Issue } from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { issueSentences } from "../../connection/issue-words.ts";

/** What is wrong, a line each. */
export function IssueList({ issues }: { readonly issues: readonly Issue[] }): ReactNode {
  if (issues.length === 0) return null;
  return (
    <ul className="inspector-issues" role="alert">
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.nodeId} ${issue.what}`}>{issueSentences(issue)}</li>
      ))}
    </ul>
  );
}
