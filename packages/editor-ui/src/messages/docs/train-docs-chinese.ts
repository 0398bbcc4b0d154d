import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of training nodes, in Simplified Chinese. */
export const chineseTrainDocs: DocsByType = {
  "train.insightedit": {
    doc: "在合成场景上分四个阶段训练 insightedit-mini：视觉塔；理解与桥接；桥接与去噪网络；能看到源图的解码器。会继续文件夹中的训练。",
    checkpoint: "作为起点的检查点，来自另一次训练。",
    folder: "训练的文件夹，含配方、日志和检查点。",
    size: "网络的大小。nano：64 像素、五分之一的物体，用于消融。",
    variant: "完整模型，或消融：去掉图像分支、去掉交互、两者都去掉，或去掉推理指令。",
    start: "要微调的检查点，例如 insightedit-mini。留空：从头训练。",
    visionSteps: "第 1 阶段的步数：视觉塔学习识别物体。",
    alignmentSteps: "第 2 阶段的步数：理解与桥接学习指令的含义。",
    editingSteps: "第 3 阶段的步数：去噪网络学习执行编辑。",
    decodingSteps: "第 4 阶段的步数：解码器学习画出编辑并保留源图其余部分。",
    batch: "批大小，以场景计。",
    seed: "初始权重的种子。",
    varied:
      "像其他作者那样绘制的场景占比：别样的物体风格、浓烈的颜色和纹理、不按网格、更随意的措辞。",
    pace: "所有学习率的系数。微调时小于 1。",
    perceptual: "第 4 阶段中 ST-LPIPS 的权重，与绝对误差和结构误差并用。0：不使用。",
    dataset: "编辑图片对的数据集（文件夹或文件），用于第三和第四阶段。留空：只用合成场景。",
    ">losses": "损失曲线（列表）。",
    ">checkpoint": "训练好的检查点，可由 `model.insightedit` 读取。",
  },
  "train.unet": {
    doc: "在指令编辑上微调 Stable Diffusion 检查点的去噪网络：使用数据集的图片对和合成场景。会继续文件夹中的训练。文生图网络也会学会读取源图。",
    folder: "训练的文件夹，含配方、日志、状态和检查点。",
    dataset: "编辑图片对的数据集（文件夹或文件）。留空：只用合成场景。",
    varied: "像其他作者那样绘制的场景占比。",
    side: "训练图片的边长（像素）。",
    steps: "总步数。",
    batch: "批大小，以编辑计。",
    rate: "最高学习率。",
    seed: "噪声、时间步和随机省略的种子。",
    rank: "LoRA 的秩：训练 LoRA 而不是全部权重。0：训练全部权重。",
    targets: "LoRA 作用的层，以层名的结尾表示，用逗号分隔。",
    ">losses": "损失曲线。",
    ">checkpoint":
      "训练好的 diffusers 布局检查点，可由 `model.unet` 读取；或供 `model.lora` 使用的 LoRA。",
  },
};
