import type { englishSettings } from "./settings-english.ts";

/** Messages of the settings, the help sheet and the palette, in Simplified Chinese. */
export const chineseSettings: typeof englishSettings = {
  settings: "设置",
  language: "语言",
  languageHint: "页面会重新加载。",
  theme: "主题",
  themes: { system: "跟随系统", dark: "深色", light: "浅色" },
  motion: "动态效果",
  motions: { system: "跟随系统", reduced: "减弱" },
  palette: "全部操作",
  linkTo: "连接此节点",
  nothingFound: "没有匹配项。",
  shortcuts: "键盘快捷键",
  changeKey: (label) => `更改“${label}”的按键`,
  pressKey: "请按键",
  resetKeys: "恢复默认按键",
  gestures: {
    tab: "在节点和字段之间移动",
    enter: "编辑节点的第一个字段",
    doubleClick: "在此添加节点",
    shiftClick: "加入选择",
    space: "与选中的运行比较",
    menu: "打开当前对象的菜单",
  },
  runEnded: (label, how) => `运行 ${label}：${how}`,
  undone: "已撤销",
  redone: "已重做",
};
