import type { englishCanvas } from "./canvas-english.ts";

/** Messages of what stands on the canvas. */
export const chineseCanvas: typeof englishCanvas = {
  frameTitle: "框的标题",
  untitledFrame: "框",
  frameColour: (colour) => `颜色：${colour}`,
  frameColours: {
    model: "灰色",
    image: "蓝色",
    mask: "青色",
    text: "黄色",
    condition: "绿色",
    latent: "粉色",
  },
  outdated: "已过时",
  outdatedHint: "此次运行之后，该节点或其之前的节点已更改。",
  graphTooLong: (size, most) =>
    `文件大小为 ${size} MB；此页面最多打开 ${most} MB 的图。图片应放在单独的文件中。`,
  tooManyNodes: (count, most) =>
    `图中有 ${count} 个节点；此页面最多打开 ${most} 个。请用命令行运行。`,
  wrongNumber: (wanted, value) => `${wanted} 在改正之前使用 ${value}。`,
  seedNext: "下一个种子",
  maskTools: "蒙版工具",
  maskTool: {
    brush: "画笔",
    eraser: "橡皮",
    lasso: "套索",
    fill: "填满",
    invert: "反转",
    clear: "清除",
  },
  brushSize: "大小",
  maskOfNode: "取自节点…",
  useMask: "使用此蒙版",
  maskNotMade: "浏览器无法生成蒙版图片。",
  noMaskNode: "没有已安装的节点能将图片转换为蒙版。",
  newGroup: "分组",
  cannotUnfold: "已绕过的节点无法展开。请先启用它。",
  readFromFile: "此子图读取自文件。请打开该文件进行修改，或展开此节点。",
  levels: "打开的子图",
  wholeGraph: "图",
  portNames: "此子图的端口",
  portName: (name) => `${name} 的名称`,
  removePort: (name) => `移除 ${name}`,
  portHint: "将连线拖到 + 可添加端口。",
  noteText: "便签文字",
  emptyNote: "*空便签：双击即可书写。*",
};
