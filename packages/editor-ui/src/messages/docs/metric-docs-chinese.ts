import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of metric nodes, in Simplified Chinese. */
export const chineseMetricDocs: DocsByType = {
  "metric.psnr": {
    doc: "两张图片的峰值信噪比。",
    cap: "最高分数（dB）。相同图片的 PSNR 为无穷大，无法求均值，故取此值。",
    ">score": "越高越好。单位：dB；R、G、B 为 0 到 255，所有通道一起求均值。",
  },
  "metric.ssim": {
    doc: "结构相似性：两张图片在局部亮度、对比度和结构上的相似程度。",
    ">score":
      "越高越好。口径：高斯窗口 11 x 11，σ 1.5；C1 = (0.01 · 255)²，C2 = (0.03 · 255)²；R、G、B 取均值。",
  },
  "metric.ms-ssim": {
    doc: "五个尺度上的结构相似性；图片每边至少 176 像素。",
    ">score":
      "越高越好。口径：每个尺度同 SSIM；β = 0.0448、0.2856、0.3001、0.2363、0.1333；负均值计为 0。",
  },
  "metric.l1": {
    doc: "两张图片的平均绝对差。",
  },
  "metric.l2": {
    doc: "两张图片的均方差。",
  },
  "metric.lpips": {
    doc: "两张图片的学习感知距离，使用 AlexNet、VGG-16 或 SqueezeNet。没有权重则无分数。",
    checkpoint: "已添加的 LPIPS 检查点名称，或 dir: 加其文件夹的绝对路径。",
    ">score": "越低越好。口径：R、G、B 为 -1 到 1；取决于网络：alex、vgg 或 squeeze。",
  },
  "metric.st-lpips": {
    doc: "容忍位移的感知距离，使用按人的相似判断训练的 AlexNet；其分数不是 LPIPS 分数。",
    ">score": "越低越好。口径：R、G、B 为 -1 到 1；无关图片约为 0.8。",
  },
  "metric.clip-image": {
    doc: "CLIP 眼中两张图片内容的相似程度。没有 CLIP 则无分数。",
    ">score": "越高越好。口径：CLIP 图像嵌入的余弦；取决于所用 CLIP，MagicBrush 用 ViT-B/32。",
  },
  "metric.clip-text": {
    doc: "同 CLIPScore，但为余弦本身；MagicBrush 和 EMU Edit 采用它。没有 CLIP 则无分数。",
    ">score":
      "越高越好。口径：CLIP 图像与文本嵌入的余弦；取决于所用 CLIP，MagicBrush 用 ViT-B/32。",
  },
  "metric.clip-score": {
    doc: "CLIP 眼中图片与文本内容的相符程度。没有 CLIP 则无分数。",
    ">score":
      "越高越好。口径：同 torchmetrics 和多数编辑论文；Hessel 等人取 2.5 而非 100。取决于所用 CLIP。",
  },
  "metric.clip-direction": {
    doc: "CLIP 眼中图片的变化是否与描述的变化一致。没有 CLIP 则无分数。",
    source: "编辑前的图片；尺寸可以不同。",
    before: "编辑前图片的描述。",
    after: "编辑应得图片的描述。",
    ">score": "越高越好。口径：图片与描述的变化完全一致时为 1；取决于所用 CLIP。",
  },
  "metric.dino": {
    doc: "第 1 版 DINO 眼中两张图片在物体及其局部上的相似程度：MagicBrush 和 EMU Edit 采用 ViT-S/16。没有模型则无分数。",
    checkpoint: "已添加的 DINO 检查点名称，或 dir: 加其文件夹的绝对路径。",
    ">score":
      "越高越好。口径：第 1 版 DINO 嵌入的余弦；取决于所用 DINO，MagicBrush 和 EMU Edit 用 ViT-S/16。",
  },
  "metric.dinov2": {
    doc: "DINOv2 眼中两张图片在物体及其局部上的相似程度。没有模型则无分数。",
    checkpoint: "已添加的 DINOv2 检查点名称，或 dir: 加其文件夹的绝对路径。",
    ">score":
      "越高越好。口径：DINOv2 嵌入的余弦；取决于所用 DINOv2；不同于 MagicBrush 的第 1 版 DINO。",
  },
  "metric.imgedit": {
    doc: "让模型按 ImgEdit 的方式为编辑打分：三个 1 到 5 的数，后两个不超过第一个。",
    judge: "由谁打分。",
    instruction: "编辑应做的事。",
    question: "所提的问题；<edit_prompt> 代表指令。基准集的 prompts.json 中每种编辑各有一个。",
    ">score": "越高越好。口径：1 到 5；取决于评判者和所提的问题。",
    ">report": "JSON：三个数及其名称、理由、分制和评判者。",
  },
  "metric.benchmark": {
    doc: "按已发表基准集的方式为结果文件夹评分，并写出其自带脚本所读的文件。",
    judge: "由谁评判，用于 VIEScore、GEdit 和 ImgEdit。",
    benchmark: "哪个基准集。",
    folder: "基准集的文件夹，保持发布时的样子。",
    results: "编辑后图片的文件夹，采用基准集自己的布局。",
    editor: "编辑器在表格中的名称。",
    language: "指令的语言，用于多语言的基准集：GEdit 有 en 和 cn。",
    clip: "已添加的 CLIP 检查点。留空：基准集发表数值所用的那个。",
    lpips: "已添加的 LPIPS 检查点。",
    dino: "已添加的第 1 版 DINO 检查点。",
    dinov2: "已添加的 DINOv2 检查点。",
    ">table": "各组均值，为 Markdown，含 n。",
    ">report": "JSON：所有行、项、空缺和缺失的内容。",
  },
  "metric.iou": {
    doc: "交并比：两个蒙版的重叠程度。",
    mask: "要评分的蒙版。",
    reference: "用于比较的蒙版。",
    ">score": "越高越好。口径：像素占比；蒙版值 128（满值 255）及以上视为选中。",
  },
  "metric.edit-success": {
    doc: "编辑是否正确：蒙版内与目标图的平方误差低于源图的 30 %。",
    target: "编辑应得的结果，尺寸同源图。",
    result: "编辑所得的结果；尺寸不同时缩放到源图大小。",
    operation: "编辑的操作；add 添加的物体可在其区域内任意位置。",
    ">score": "成功为 1，失败为 0。",
  },
  "metric.summary": {
    doc: "一列分数的均值及 95 % 区间；缺失的分数（NaN）只计数，不计入均值。",
    scores: "一个指标的分数，每项一个。",
    ">text": "均值、区间和项数的文字表述。",
    ">mean": "现有分数的均值。",
    ">low": "95 % 区间的下限，用百分位自助法。",
    ">count": "有分数的项数。",
    ">holes": "没有分数的项数。",
  },
  "metric.of-kind": {
    doc: "项属于指定种类时保留分数，否则给出空值（NaN），这样均值就是该种类的均值。",
    score: "该项的分数。",
    kind: "该项的种类，例如其指令的种类。",
    wanted: "计入分数的种类。",
    ">score": "分数；其他种类的项为 NaN。",
  },
  "metric.paired-test": {
    doc: "在相同的项上比较变体与基线的分数；缺少任一分数的项会丢弃。",
    scores: "变体的分数，每项一个。",
    baseline: "基线在相同项上的分数。",
    test: "分数用 Wilcoxon 符号秩检验；成功（1）与失败（0）用 McNemar 精确检验。",
    ">text": "差值、区间和 p 值的文字表述。",
    ">difference": "变体分数的均值减去基线的均值。",
    ">low": "差值 95 % 区间的下限，用配对自助法。",
    ">pValue": "双侧 p 值，未做多重比较校正。",
    ">pairs": "两个分数都有的项数。",
    ">dropped": "缺少其一的项数。",
  },
  "metric.columns": {
    doc: "最多八列分数并排，每项一行；缺失的分数（NaN）为空单元格。",
    a: "第一个指标的分数。",
    b: "第二个指标的分数。",
    c: "第三个指标的分数。",
    d: "第四个指标的分数。",
    e: "第五个指标的分数。",
    f: "第六个指标的分数。",
    g: "第七个指标的分数。",
    h: "第八个指标的分数。",
    names: "已连接各列的名称，按顺序以逗号分隔。",
    ">text": "一行名称，然后每项一行数字。",
  },
};
