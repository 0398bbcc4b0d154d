import type { englishApp } from "./app-english.ts";

/** Messages of the form that a graph is for people who only edit pictures, in Simplified Chinese. */
export const chineseApp: typeof englishApp = {
  app: {
    title: "应用",
    open: "应用",
    showGraph: "显示图",
    nothingNamed: "此图尚未命名任何输入。请在图中选择节点，并按设置旁的图钉，使其显示在此处。",
    moreSettings: "更多设置",
    progress: "运行进度",
    pin: (name) => `在应用中显示 ${name}`,
  },
};
