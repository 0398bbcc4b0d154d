import type { englishSearch } from "./search-english.ts";

/** Messages of the search for nodes. */
export const chineseSearch: typeof englishSearch = {
  searchNodes: "搜索节点",
  searchNone: (query) => `没有与“${query}”匹配的节点。`,
  searchTasks: {
    add: "添加节点",
    addFitting: "添加兼容的节点",
    join: "连接到",
    convert: "用节点转换此连线",
    insert: "在连线中插入节点",
    replace: "替换为",
    variant: "添加替换为以下类型的变体",
    find: "查找节点",
  },
  searchNothing: {
    add: "没有已安装的节点。",
    addFitting: "没有与此端口兼容的节点。",
    join: "此节点没有可接受该连线的端口或参数。",
    convert: "没有节点能把此连线转换成对方可接受的类型。",
    insert: "没有节点适合放在此连线的两端之间。",
    replace: "没有其他节点能保留此节点的任何连线。",
    variant: "没有其他节点适合作为此处的变体。",
    find: "图中没有节点。",
  },
  recentNodes: "最近使用",
  keepsLinks: "保留所有连线",
  losesLinks: "会失去部分连线",
  lostLinks: (count, links) => `将失去 ${count} 条连线：${links}。`,
  lostInputs: (names) => `图将失去输入：${names}。`,
  lostOutputs: (names) => `图将失去输出：${names}。`,
};
