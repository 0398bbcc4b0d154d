import type { englishViewer } from "./viewer-english.ts";

/** Messages of the viewer of pictures, in Simplified Chinese. */
export const chineseViewer: typeof englishViewer = {
  viewer: "图片",
  firstPicture: "第一张图片",
  secondPicture: "第二张图片",
  everyPicture: "所有图片",
  ofTotal: (count, total) => `${count} / 共 ${total}`,
  shownOf: (first, last, total) => `第 ${first} 至 ${last} 张，共 ${total} 张`,
  previousPage: "上一页",
  nextPage: "下一页",
  notAllCame: (count, total) =>
    `运行只带回了 ${total} 张图片中的 ${count} 张。要查看全部，请用节点保存它们。`,
  resultsOfRuns: "各次运行的结果",
  shownPictures: "网格中的图片",
  noSecondPicture: "没有第二张图片",
  viewMode: "比较方式",
  viewModes: {
    slider: "滑块",
    sideBySide: "并排",
    difference: "差异",
    grid: "网格",
  },
  noPictures: "还没有运行产生图片。",
  picturesAppearHere: "您的图片及其编辑结果会显示在这里。",
  loadingPicture: "正在加载图片",
  compareLine: "两张图片之间的分界线",
  zoom: "缩放",
  fitPicture: "适合窗口",
  differenceGain: "差异倍数",
  isPreview: "缩小的预览；原图未保存",
  histogram: "红、绿、蓝直方图",
  pixelHint: "指向像素可读取其值；单击复制颜色。",
  downloadPicture: "下载（含图）",
  usePicture: "用于当前图",
};
