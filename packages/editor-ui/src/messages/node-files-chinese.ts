import type { englishNodeFiles } from "./node-files-english.ts";

/** Messages about subgraphs that are kept as nodes in files. */
export const chineseNodeFiles: typeof englishNodeFiles = {
  saveNodeTitle: "保存为可复用的节点",
  nodeName: "节点名称",
  nodeSaved: (file) => `已保存到 ${file}。此工作区的所有图都可以在搜索中找到它。`,
  nodeNeedsOutput: "此节点没有任何输出。请先连接它的一个输出，使其拥有端口。",
  savedNodes: "已保存的节点",
  nodeUpdated: (file) => `${file} 已更改，节点显示其当前内容。`,
};
