import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of list, stream and flow nodes, in Simplified Chinese. */
export const chineseListDocs: DocsByType = {
  "list.of": {
    doc: "把最多八个同类型的值合成列表。未连接的输入会跳过。",
    a: "第一个。",
    b: "第二个。",
    c: "第三个。",
    d: "第四个。",
    e: "第五个。",
    f: "第六个。",
    g: "第七个。",
    h: "第八个。",
    ">list": "已连接的值，按顺序排列。",
  },
  "list.texts": {
    doc: "文本列表，每行一个。空行会跳过。",
    lines: "文本，每行一个。",
    ">texts": "按顺序排列的文本。",
  },
  "list.numbers": {
    doc: "数字列表，例如 0.5、1、2。",
    numbers: "以逗号、空格或换行分隔的数字。",
  },
  "list.range": {
    doc: "等间隔的数字，用于扫参和种子。",
    step: "相邻数字之差。",
    count: "值的数量。",
  },
  "list.images": {
    doc: "一次加载文件夹中的所有图片。文件夹很大时请用数据流节点。",
  },
  "list.repeat": {
    doc: "把一个值重复为列表。",
    item: "要重复的值。",
    count: "副本的数量。",
    ">list": "由副本组成的列表。",
  },
  "list.concat": {
    doc: "拼接最多四个同类型的列表。",
    a: "第一个列表。",
    b: "第二个列表。",
    c: "第三个列表。",
    d: "第四个列表。",
    ">list": "所有项。",
  },
  "list.cross": {
    doc: "把一个列表的每一项与另一个列表的每一项配对，用于两个设置的扫参。",
    a: "扫参的行。",
    b: "扫参的列。",
    ">a": "每对中 a 的项；变化最慢。",
    ">b": "每对中 b 的项；变化最快。",
  },
  "list.length": {
    doc: "统计列表的项数。",
    list: "要统计的列表。",
    ">number": "项数。",
  },
  "list.pick": {
    doc: "取列表中的一项，可从两端计数。",
    list: "从中选取的列表。",
    index: "位置：0 为第一项，1 为第二项，-1 为最后一项。",
    ">item": "选出的项。",
  },
  "list.first": {
    doc: "取列表的前几项。更短的列表不变。",
    list: "要截短的列表。",
    count: "最多的项数。",
    ">list": "前几项。",
  },
  "list.join": {
    doc: "把列表中的文本连成一段文本。",
    texts: "要连接的文本。",
    separator: "放在文本之间的分隔符。",
    ">text": "连接后的文本。",
  },
  "list.collect": {
    doc: "把数据流的所有项收集为列表。",
    stream: "要收集的数据流。",
    most: "最多的项数。更长的数据流会被拒绝，以保护内存。",
    ">list": "按顺序排列的所有项。",
  },
  "stream.images": {
    doc: "逐张加载文件夹中的图片，因此内存不随数量增长。",
  },
  "flow.if": {
    doc: "传递任意类型的两个值之一。另一个不会计算。",
    yes: "条件为真时的值。",
    no: "条件为假时的值。",
    condition: "开启：取 yes。关闭：取 no。",
  },
  "flow.switch": {
    doc: "传递任意类型的最多八个值之一。其余不会计算。",
    a: "序号 0 的值。",
    b: "序号 1 的值。",
    c: "序号 2 的值。",
    d: "序号 3 的值。",
    e: "序号 4 的值。",
    f: "序号 5 的值。",
    g: "序号 6 的值。",
    h: "序号 7 的值。",
    index: "要传递的输入：0 为 a，1 为 b，依此类推。",
  },
  "flow.first": {
    doc: "传递第一个已连接且未停用的输入。其余不会计算。",
    a: "首选。",
    b: "次选。",
    c: "第三选择。",
    d: "第四选择。",
  },
};
