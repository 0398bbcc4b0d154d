import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of evaluation nodes, in Simplified Chinese. */
export const chineseEvaluationDocs: DocsByType = {
  "evaluation.held-out-scene": {
    doc: "训练中从不出现的一次编辑：图片、真实目标图、蒙版和指令。",
    scene: "编辑的编号。",
    ">seed": "编辑的种子：即其编号。",
  },
  "evaluation.held-out-scenes": {
    doc: "训练中从不出现的编辑列表：图片、真实目标图、蒙版和指令，每次都相同。",
  },
  "evaluation.foreign-scenes": {
    doc: "由训练数据以外的程序绘制的编辑列表，物体、背景和措辞都不同；每次都相同。",
  },
  "evaluation.score": {
    doc: "衡量有多少编辑正确，以及图片其余部分保持得多好。",
    distance: "结果与目标图的感知距离。",
    ">scores":
      "成功率及 95 % 区间；蒙版内外的 PSNR 和 SSIM 以及感知距离，附区间半宽；按操作和种类列出。",
    ">table": "同样的内容，为 JSON，含每个编辑的各项指标。",
    ">success": "正确编辑的占比，0 到 1。",
  },
  "evaluation.gallery": {
    doc: "展示最前面的编辑，包括失败的：每条指令下为源图、结果和真值。",
    instruction: "每个编辑的要求。",
    first: "要展示的编辑数。",
    ">image": "编辑，每行三张图。",
  },
  "evaluation.preference": {
    doc: "把结果对的盲评投票变为 Bradley-Terry 分数，并给出人与模型的一致程度。",
    judged: "更多投票，每行形式相同：来自模型。",
    votes:
      "投票，每行一个 JSON：消融文件夹中的 votes.jsonl（页面将人的投票存于此），或投票页面的投票。",
    ">table": "分数及 95 % 区间，为 Markdown 表格；差值为被偏好的对数几率。",
    ">agreement": "每两个评判者：共同评判的样例、一致的占比和 Cohen κ 系数。",
    ">count": "计入的投票：同一评判者对同一对取最后一次。",
  },
};
