import { chineseCheckpointIssues } from "./checkpoint-issues-chinese.ts";
import { chineseComposedIssues } from "./composed-issues-chinese.ts";
import { chineseEditingIssues } from "./editing-issues-chinese.ts";
import { chineseEngineGraphIssues } from "./engine-graph-issues-chinese.ts";
import { chineseEngineIssues } from "./engine-issues-chinese.ts";
import { chineseModelIssues } from "./model-issues-chinese.ts";
import { chineseNodeIssues } from "./node-issues-chinese.ts";
import type { IssueTexts } from "./translate-issue.ts";

/** What the errors say that a person can meet in the page, in Simplified Chinese. */
export const chineseIssues: IssueTexts = {
  ...chineseCheckpointIssues,
  ...chineseComposedIssues,
  ...chineseEditingIssues,
  ...chineseEngineGraphIssues,
  ...chineseEngineIssues,
  ...chineseModelIssues,
  ...chineseNodeIssues,
};
