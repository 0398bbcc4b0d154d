import type { IssueTexts } from "./translate-issue.ts";

/** What the code of errors puts together of several pieces, in Simplified Chinese. */
export const chineseComposedIssues: IssueTexts = {
  "at item {} of {}, {}": "第 {} 项（共 {} 项）：{}",
  "at item {}, {}": "第 {} 项：{}",
  "in {}, {}": "{}：{}",
  '"{}": {}': "“{}”：{}",
  "{}: {}": "{}：{}",
  '"{}" {}': "“{}”{}",
  "at least {} and at most {}": "不小于 {} 且不大于 {}",
  "at least {}": "不小于 {}",
  "at most {}": "不大于 {}",
  "a text": "文本",
  "a number": "数字",
  "a list": "列表",
  nothing: "无",
  none: "无",
  read: "读取",
  write: "写入",
  undo: "撤销",
  redo: "重做",
};
