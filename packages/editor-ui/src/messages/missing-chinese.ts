import type { englishMissing } from "./missing-english.ts";

/** Messages about what an opened graph needs and lacks, in Simplified Chinese. */
export const chineseMissing: typeof englishMissing = {
  missing: {
    title: "此图缺少所需内容",
    types: "未安装的节点类型",
    typeCount: (type, count) => `${type}：${count} 个节点`,
    takeType: (type) => `改用 ${type}`,
    newer: "来自更新版本的节点",
    newerHint: (titles) => `${titles}。请更新 InsightGraph 后再运行。`,
    checkpoints: "未安装的模型",
    addCheckpoint: "添加模型…",
    pictures: "找不到的图片",
    usedBy: (titles) => `用于 ${titles}`,
    choosePicture: "选择图片…",
    openWithout: "仍然打开",
  },
};
