import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of text, number and seed nodes, in Simplified Chinese. */
export const chineseValueDocs: DocsByType = {
  "text.value": {
    doc: "一段文本，例如指令。",
    text: "文本内容。",
    ">text": "文本内容。",
  },
  "text.template": {
    doc: "填充模板：{a} 到 {h} 为连接的文本，{1}、{2} 等为列表中的项。",
    a: "替换 {a}。",
    b: "替换 {b}。",
    c: "替换 {c}。",
    d: "替换 {d}。",
    e: "替换 {e}。",
    f: "替换 {f}。",
    g: "替换 {g}。",
    h: "替换 {h}。",
    list: "替换 {1}、{2} 等的文本。",
    template: "带占位符 {a} 到 {h} 和 {1}、{2}、… 的文本；花括号本身写作 {{ 和 }}。",
    ">text": "占位符全部填好的文本。",
  },
  "text.from-boolean": {
    doc: '把“是”写作 "true"，“否”写作 "false"。',
    boolean: "要写出的值。",
    ">text": "true 或 false。",
  },
  "text.from-number": {
    doc: "把数字格式化为文本。",
    number: "要格式化的数字。",
    decimals: "小数点后的位数。-1 表示保留全部。",
    ">text": "格式化后的数字。",
  },
  "text.generate": {
    doc: "向本机的语言模型提问。回答会边生成边显示。",
    prompt: "要问的内容。",
    image: "问题所涉及的图片。",
    system: "固定要求，例如如何回答。",
    model: "由谁回答。",
    maxTokens: "回答的最大标记数。",
    temperature: "随机性。0 表示总取最可能的标记。",
    topP: "从累积概率达到此值的最可能标记中抽取。",
    seed: "抽取的种子。",
    stop: "使回答结束的文本，每行一个。留空：无。",
    format: "json：回答必须是 JSON 对象，否则会再问模型一次。",
    ">text": "模型的回答。",
  },
  "text.save": {
    doc: "写入 UTF-8 文本文件；要么完整写入，要么不写。列表中的文本会编号。",
    text: "要保存的文本。",
    path: "要写入的文件。",
  },
  "number.value": {
    doc: "一个数字，例如比例或占比。",
  },
  "number.integer": {
    doc: "一个整数，例如步数或像素数。",
  },
  "number.boolean": {
    doc: "是/否值，例如条件节点的条件。",
    value: "该值。",
    ">boolean": "该值。",
  },
  "number.compare": {
    doc: "比较两个数字。",
    relation: "要检验的 a 与 b 的关系。",
    ">boolean": "关系是否成立。",
  },
  "number.math": {
    doc: "由两个数字算出一个，例如求和。",
    operation: "对 a 和 b 的运算。余数与 b 同号；power 是 a 的 b 次方。",
    ">number": "运算结果。",
  },
  "seed.value": {
    doc: "随机种子。相同的种子得到相同的结果。",
    seed: "种子，为整数。",
    ">seed": "种子的值。",
  },
};
