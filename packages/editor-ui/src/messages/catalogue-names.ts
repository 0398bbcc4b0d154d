import { chineseIssueTitles } from "./issue-titles-chinese.ts";
import { chosenLanguage, type Language } from "./language.ts";
import { chineseNodeTitles } from "./node-titles-chinese.ts";
import { chineseOptionNames } from "./option-names-chinese.ts";
import { chinesePortNames } from "./port-names-chinese.ts";
import { chineseTypeNames } from "./type-names-chinese.ts";

/** What the engine's things are called in a language: node types that ship, their categories, ports with their types, params and their options, and kinds of faults. */
export interface CatalogueNames {
  readonly titles: Readonly<Record<string, string>>;
  readonly categories: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly issues: Readonly<Record<string, string>>;
}

const chineseCategories: Readonly<Record<string, string>> = {
  bridging: "桥接",
  comprehension: "理解",
  data: "数据",
  edit: "编辑",
  evaluation: "评估",
  flow: "流程",
  generation: "生成",
  image: "图片",
  list: "列表",
  mask: "蒙版",
  metric: "指标",
  model: "模型",
  number: "数字",
  seed: "随机种子",
  stream: "数据流",
  text: "文本",
  train: "训练",
};

/** Names by language. English is absent: it is what the catalogue itself says. */
export const catalogueNamesOf: Readonly<Partial<Record<Language, CatalogueNames>>> = {
  "zh-CN": {
    titles: chineseNodeTitles,
    categories: chineseCategories,
    ports: chinesePortNames,
    types: chineseTypeNames,
    options: chineseOptionNames,
    issues: chineseIssueTitles,
  },
};

const names = catalogueNamesOf[chosenLanguage()];

/** What a node type is called in the language of the page. @returns undefined where its own title says it */
export function nodeTitle(type: string): string | undefined {
  return names?.titles[type];
}

/** What a category of node types is called in the language of the page. */
export function categoryName(category: string): string {
  return names?.categories[category] ?? category;
}

/** What a port or param is called in the language of the page. @returns undefined where its own name says it */
export function portName(name: string): string | undefined {
  return names?.ports[name];
}

/** What a port type is called in the language of the page. @returns undefined where its own id says it */
export function typeName(type: string): string | undefined {
  return names?.types[type];
}

/** What an option of a choice is called in the language of the page. */
export function optionName(option: string): string {
  return names?.options[option] ?? option;
}

/** What a kind of fault is called in the language of the page. @returns undefined where the fault's own words say it */
export function issueTitle(code: string): string | undefined {
  return names?.issues[code];
}
