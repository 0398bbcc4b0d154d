import type { englishDocuments } from "./documents-english.ts";

/** Messages about documents, in Simplified Chinese. */
export const chineseDocuments: typeof englishDocuments = {
  untitled: "未命名",
  couldNotOpen: (name, why) => `无法打开 ${name}：${why}`,
  nodesUpdated: "一些节点已更新到当前版本。保存此图以保留更改。",
  openDocuments: "打开的图",
  newDocument: "新建图",
  closeDocument: (name) => `关闭 ${name}`,
  otherWindows: (count) => `还在另外 ${count} 个窗口中打开`,
  otherWindow: "还在另一个窗口中打开",
  keptIn: {
    file: "已保存",
    server: "未保存到文件",
    page: "等待服务器",
  },
  keptInHint: {
    file: "文件中就是此图。",
    server: "服务器保留着您的更改。保存后会写入文件。",
    page: "服务器尚未收到您最近的更改。恢复连接后会自动发送。",
  },
  saveAs: "另存为",
  saveAsTitle: "保存图",
  fileName: "工作区中的文件",
  save: "保存",
  replaceFile: "替换",
  cancel: "取消",
  fileExists: (file) => `已有文件 ${file}。`,
  fileChanged: (file) => `${file} 打开后被他人更改过。`,
  savedTo: (file) => `已保存到 ${file}。`,
  closeUnsaved: (name) => `关闭 ${name}？其更改不在任何文件中，将会丢失。`,
  discard: "不保存并关闭",
};
