import { chineseAblation } from "./ablation-chinese.ts";
import { chineseActions } from "./actions-chinese.ts";
import { chineseApp } from "./app-chinese.ts";
import { chineseBrowse } from "./browse-chinese.ts";
import { chineseCanvas } from "./canvas-chinese.ts";
import { chineseCluster } from "./cluster-chinese.ts";
import { chineseDocuments } from "./documents-chinese.ts";
import type { Messages } from "./english.ts";
import { chineseMissing } from "./missing-chinese.ts";
import { chineseNodeFiles } from "./node-files-chinese.ts";
import { chineseNodes } from "./nodes-chinese.ts";
import { chinesePage } from "./page-chinese.ts";
import { chineseParams } from "./params-chinese.ts";
import { chineseRuns } from "./runs-chinese.ts";
import { chineseSearch } from "./search-chinese.ts";
import { chineseSettings } from "./settings-chinese.ts";
import { chineseStart } from "./start-chinese.ts";
import { chineseViewer } from "./viewer-chinese.ts";

/** What the page says, in Simplified Chinese. */
export const chinese: Messages = {
  close: "关闭",
  serverSilent: "服务器没有响应。请重新启动服务器后再试。",
  serverRefused: "服务器拒绝了此请求。",
  nothingToPaste: "剪贴板中没有节点或图片。",
  actions: chineseActions,
  ...chineseAblation,
  ...chineseCluster,
  ...chineseDocuments,
  ...chineseBrowse,
  ...chineseApp,
  ...chineseCanvas,
  ...chineseMissing,
  ...chineseNodeFiles,
  ...chineseNodes,
  ...chinesePage,
  ...chineseParams,
  ...chineseRuns,
  ...chineseSearch,
  ...chineseSettings,
  ...chineseStart,
  ...chineseViewer,
};
