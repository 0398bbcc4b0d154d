import type { IssueTexts } from "./translate-issue.ts";

/** What errors about checkpoints and the networks in them say in Simplified Chinese. */
export const chineseCheckpointIssues: IssueTexts = {
  "the latent has {} channels, but the autoencoder expects {}":
    "潜变量有 {} 个通道，而自编码器需要 {} 个",
  "Decode with the autoencoder that encoded the source": "请用编码源图的自编码器来解码",
  "no known family reads its {}": "没有已知的模型系列能读取它的 {}",
  "Known families: {}": "已知的系列：{}",
  "{} x {} pixels are more than the network takes, {} x {}": "{} x {} 像素超出了网络的上限 {} x {}",
  "Set it to at most {}: the picture is scaled down to it": "请设为不超过 {}：图片会缩小到该尺寸",
  "the conversion": "转换",
  "it has no layers for this network": "它没有适用于此网络的层",
  "Connect the text encoder as well, or use a LoRA made for this network":
    "请同时连接文本编码器，或使用为此网络制作的 LoRA",
  "it has no {}": "它没有 {}",
  "Add its ONNX export, as transformers.js reads it; where a repository has both, with --variant onnx":
    "请添加 transformers.js 能读取的 ONNX 导出；若仓库两者都有，请用 --variant onnx",
  "Run `insightgraph models verify`, or add the checkpoint in another precision":
    "请运行 `insightgraph models verify`，或以其他精度添加该检查点",
  "its graph takes {}, which is not known here": "它的计算图需要 {}，这里不认识",
  "Use an export as transformers.js reads it": "请使用 transformers.js 能读取的导出",
  "expected float32 or float16, got {}": "需要 float32 或 float16，得到 {}",
  "{} x {} pixels": "{} x {} 像素",
  "it has {}; {} needs {} a side": "它为 {}；{} 要求每边 {}",
  "Enlarge both pictures first, with image.resize": "请先用 image.resize 放大两张图片",
  "guidance needs an unconditional (negative) conditioning": "引导需要无条件（负向）条件",
  "Connect the states of an empty text, or set both guidance scales to 1":
    "请连接空文本的状态，或把两个引导强度都设为 1",
  "the network reads no such input": "网络不读取这个输入",
  "Disconnect it": "请断开它",
  "the network follows a flow, which these solvers do not know": "此网络遵循流，而这些求解器不支持",
  "Disconnect the scheduler: the checkpoint's own flow is taken":
    "请断开调度器：将使用检查点自带的流",
  "its states are {} wide, but the network reads {}": "它的状态宽度为 {}，而网络读取 {}",
  "its tokens are {} wide, but the network reads {}": "它的标记宽度为 {}，而网络读取 {}",
  "it has {} tokens, but the network reads {}": "它有 {} 个标记，而网络读取 {} 个",
  "it has {} numbers, but the network adds {}": "它有 {} 个数，而网络加上 {} 个",
  "it is made for latents of {}, but the source's is {}":
    "它用于大小为 {} 的潜变量，而源图的潜变量为 {}",
  "Use bridges and a network that were trained together": "请使用一同训练的桥接和网络",
  "Read the text with the language model or encoder that the network was trained with, or train a bridge between the two":
    "请用训练此网络时的语言模型或编码器读取文本，或训练两者之间的桥接",
  "this detector has to be told what to look for": "必须告诉此检测器要找什么",
  "Name an object, or use a detector that knows kinds of its own":
    "请给出物体名称，或使用自带物体类别的检测器",
  "nothing stands out from its surroundings in the box {}": "框 {} 中没有与周围区分开的物体",
  "Give a box that holds the whole object and some of what surrounds it, or a mask of your own":
    "请给出包含整个物体及部分周围的框，或自己的蒙版",
  'the network has no output "{}"': "网络没有输出“{}”",
  "expected float32, got {}": "需要 float32，得到 {}",
  "{} of {} numbers": "{2} 个数中有 {1} 个",
  "{} has {} that are not finite": "{} 中{}不是有限数",
  "Use float32 instead of float16, a lower guidance scale or a weaker LoRA. If it persists, the weights are damaged":
    "请用 float32 代替 float16、降低引导强度或减弱 LoRA。若仍如此，则权重已损坏",
  "Check the path": "请检查路径",
  "the name is already used for {}": "该名称已用于 {}",
  "Choose another name with --as NAME, or remove that checkpoint: insightgraph models remove {}":
    "请用 --as NAME 换一个名称，或移除该检查点：insightgraph models remove {}",
  "process {} is adding files to it": "进程 {} 正在向它添加文件",
  "Wait until that process ends": "请等该进程结束",
  "{} is missing": "缺少 {}",
  "Add it again. To list all damaged files: insightgraph models verify {}":
    "请重新添加。列出所有损坏的文件：insightgraph models verify {}",
  "{} has changed since it was added": "{} 在添加之后有改动",
  "To list all changed files: insightgraph models verify {}":
    "列出所有改动的文件：insightgraph models verify {}",
  'there is no checkpoint "{}"': "没有检查点“{}”",
  "insightgraph models add hf:{}{} --as {}": "insightgraph models add hf:{}{} --as {}",
  "Add it ({}, about {}): {}": "请添加它（{}，约 {}）：{}",
  "{}To add one: insightgraph models add hf:OWNER/NAME":
    "{}添加检查点：insightgraph models add hf:OWNER/NAME",
  'it has no part "{}"': "它没有部件“{}”",
  "{}It has {}": "{}它有 {}",
  "the file is missing": "文件缺失",
  "the file is not a JSON object": "文件不是 JSON 对象",
  "Download it again from its source": "请从来源重新下载",
  "the download": "下载",
  "the hub sends more than {} bytes": "Hub 发送的内容超过 {} 字节",
  "The file was deleted. The hub's copy is not the one that it lists":
    "文件已删除。Hub 上的副本与它列出的不一致",
  "the connection broke at byte {}": "连接在第 {} 字节处中断",
  "Run the command again to resume the download": "请再次运行该命令以继续下载",
  "the downloaded file has the wrong checksum": "下载的文件校验和不对",
  "The file was deleted; run the command again. If this repeats, the hub's copy or the connection is damaged":
    "文件已删除；请再次运行该命令。若仍如此，则 Hub 的副本或连接有问题",
  '"{}" is not an absolute path': "“{}”不是绝对路径",
  "Write dir: followed by an absolute path": "请写 dir: 加绝对路径",
  "{} forbids the network": "{} 禁止使用网络",
  "Unset {}, or add a local folder: insightgraph models add dir:PATH":
    "请取消设置 {}，或添加本地文件夹：insightgraph models add dir:PATH",
  "{} cannot be reached ({})": "无法连接 {}（{}）",
  "Check the network, then run the command again to resume. Without a network, add a local folder: insightgraph models add dir:PATH":
    "请检查网络，再次运行该命令以继续。没有网络时可添加本地文件夹：insightgraph models add dir:PATH",
  "the repository requires that you accept its terms first": "该仓库要求先接受其条款",
  "Accept them at {} with the account of your HF_TOKEN, and give that token access to gated repositories":
    "请用 HF_TOKEN 所属的账号在 {} 接受条款，并允许该令牌访问受限仓库",
  "Accept them at {}, then set HF_TOKEN to a token of that account ({}/settings/tokens)":
    "请在 {} 接受条款，再把 HF_TOKEN 设为该账号的令牌（{}/settings/tokens）",
  "there is no such revision": "没有这个修订版本",
  "Check the branches and tags at {}": "请在 {} 查看分支和标签",
  "Check the spelling: OWNER/NAME as at {}. A private repository needs HF_TOKEN":
    "请检查拼写：{} 上的 OWNER/NAME。私有仓库需要 HF_TOKEN",
  "Check the spelling: OWNER/NAME as at {}. If it is private or gated, set HF_TOKEN to a token with access":
    "请检查拼写：{} 上的 OWNER/NAME。若仓库私有或受限，请把 HF_TOKEN 设为有权访问的令牌",
  "there is no such repository or file": "没有这个仓库或文件",
  "the token in HF_TOKEN gives no access to it": "HF_TOKEN 中的令牌无权访问它",
  "there is no such public repository": "没有这个公开仓库",
  "the hub answered {}: {}": "Hub 回答 {}：{}",
  "Run the command again later to resume": "请稍后再次运行该命令以继续",
  "HF_TOKEN is not a Hugging Face token: those begin with hf_":
    "HF_TOKEN 不是 Hugging Face 令牌：令牌以 hf_ 开头",
  "Create one at {}/settings/tokens": "请在 {}/settings/tokens 创建",
  "the hub lists an invalid file: {}": "Hub 列出了无效的文件：{}",
  "Do not use this repository": "请不要使用此仓库",
  "Do not use this hub": "请不要使用此 Hub",
  "the hub's answer does not end": "Hub 的回答没有结尾",
  "the hub sends its listing on to another host": "Hub 把列表转到了另一台主机",
  "the hub's listing does not end": "Hub 的列表没有结尾",
  "{} cannot be read": "{} 无法读取",
  "Check that {} can be read": "请检查 {} 是否可读",
  "Remove the checkpoint and add it again": "请移除检查点后重新添加",
  "this version cannot read its {}": "此版本无法读取它的 {}",
  'there is no part "{}"': "没有部件“{}”",
  "The repository has no usable parts": "该仓库没有可用的部件",
  "Did you mean {}? Parts: {}": "您是指 {} 吗？部件：{}",
  "nothing here can be used": "这里没有可用的内容",
  "it holds several weights files": "它有多个权重文件",
  "Expected a diffusers or transformers repository, ONNX files beside a config.json, or .safetensors files":
    "需要 diffusers 或 transformers 仓库、config.json 旁的 ONNX 文件，或 .safetensors 文件",
  "Choose with --only: {}": "请用 --only 选择：{}",
  "model_index.json is not a JSON object": "model_index.json 不是 JSON 对象",
  "{} is published only as a pickle, {}": "{} 只以 pickle 发布，即 {}",
  "Pickles can run code, so they are never opened. Convert it to .safetensors (https://huggingface.co/spaces/safetensors/convert opens a pull request, which you can add as @refs/pr/NUMBER), or leave the part out with --only":
    "pickle 可能执行代码，因此从不打开。请转换为 .safetensors（https://huggingface.co/spaces/safetensors/convert 会发起合并请求，可用 @refs/pr/NUMBER 添加），或用 --only 略去该部件",
  "{} has no .safetensors file": "{} 没有 .safetensors 文件",
  "Expected model.safetensors or diffusion_pytorch_model.safetensors. Leave the part out with --only":
    "需要 model.safetensors 或 diffusion_pytorch_model.safetensors。可用 --only 略去该部件",
  "it ships with InsightGraph and cannot be removed": "它随 InsightGraph 附带，无法移除",
  "Only added checkpoints can be removed; `insightgraph models list` shows them":
    "只能移除自行添加的检查点；`insightgraph models list` 会列出它们",
  "{} needs {}, but only {} are free": "{} 需要 {}，但只剩 {}",
  "Free some space, set INSIGHTGRAPH_MODELS to a folder on a larger disk, use --variant fp16, or add fewer parts with --only":
    "请腾出空间、把 INSIGHTGRAPH_MODELS 设到更大磁盘上的文件夹、使用 --variant fp16，或用 --only 少添加一些部件",
  "is missing": "缺失",
  "is not the one that it was made with": "与制作它时所用的不同",
  "{}, which it shares, {}": "它共用的 {} {}",
  'Restore the checkpoint "{}", for example with a fresh clone': "请恢复检查点“{}”，例如重新克隆",
  '"{}" cannot be used as a checkpoint name': "“{}”不能用作检查点名称",
  "Choose another name with --as NAME: letters, digits, dot, hyphen and underscore":
    "请用 --as NAME 换一个名称：字母、数字、点、连字符和下划线",
  "its network does not fill masks": "它的网络不能填补蒙版",
  "Use an inpainting checkpoint, whose UNet has nine input channels":
    "请使用修补检查点，其 UNet 有九个输入通道",
  'its text encoder has no learnt tokens for the task "{}"':
    "它的文本编码器没有为任务“{}”学习的词元",
  'Use PowerPaint\'s version 1, or the task "none"': '请使用 PowerPaint 第 1 版，或任务 "none"',
  "the network does not fill masks": "网络不能填补蒙版",
  "Use an inpainting checkpoint, or disconnect the mask and blend the result":
    "请使用修补检查点，或断开蒙版后再混合结果",
  "Use a network that sees several pictures, such as FLUX.2 [klein], or disconnect them":
    "请使用能读取多张图片的网络，例如 FLUX.2 [klein]，或断开它们",
  "the network sees no picture beside the source": "除源图外，网络不读取其他图片",
  "training has not reached a checkpoint of the alignment stage": "训练尚未到达对齐阶段的检查点",
  "Let it run until it says so": "请让它运行，直到它报告为止",
  "Restore the file, or train in another folder": "请恢复该文件，或在另一个文件夹中训练",
  "the run in this folder was begun with another {}": "此文件夹中的训练开始时用的是另一个 {}",
  "Ask for the same, or train in another folder": "请要求相同的设置，或在另一个文件夹中训练",
  "process {} trains in this folder": "进程 {} 正在此文件夹中训练",
  "Wait until it ends, or train in another folder": "请等它结束，或在另一个文件夹中训练",
  "no training was begun in this folder": "此文件夹中没有开始过训练",
  "Name the folder that `insightgraph train` was given": "请填写给 `insightgraph train` 的文件夹",
  "its {} is not a recipe": "它的 {} 不是训练配方",
  'its {} has the unknown name "{}"': "它的 {} 含有未知的名称“{}”",
  "Known there are {}": "这里已知的有 {}",
  "it maps {} channels to {}, and its latents have {}":
    "它把 {} 个通道映射为 {} 个，而其潜变量有 {} 个",
  "Choose a network that reads {} or {} channels": "请选择读取 {} 或 {} 个通道的网络",
  "a record has no {}": "有记录缺少 {}",
  "Say where fields come from, or convert the data set with --map":
    "请说明字段的来源，或用 --map 转换数据集",
  "a record has no instruction": "有记录缺少指令",
  '"{}" has no records': "“{}”没有记录",
  "Choose another one": "请另选一个",
  "its text half has no tokenizer": "它的文本部分没有分词器",
  "Add the checkpoint again with its tokenizer's files": "请连同分词器文件重新添加检查点",
  "it is a vision transformer, but its preprocessor_config.json is not that of DINO":
    "它是视觉 Transformer，但其 preprocessor_config.json 不是 DINO 的",
  "Add one of facebook/dino-vits16, dino-vits8, dino-vitb16, dino-vitb8":
    "请添加 facebook/dino-vits16、dino-vits8、dino-vitb16、dino-vitb8 之一",
  "it maps {} channels to {}, but the latent has {}":
    "它把 {} 个通道映射为 {} 个，而潜变量有 {} 个",
  "Encode with the autoencoder of the same checkpoint": "请用同一检查点的自编码器编码",
  "it reads {} channels, but the latent has {}": "它读取 {} 个通道，而潜变量有 {} 个",
  "it has {} tokens, but the condition has {}": "它有 {} 个词元，而条件有 {} 个",
  "Read both texts for the same editor (comprehension.qwen-vl)":
    "请为同一个编辑器读取两段文本（comprehension.qwen-vl）",
  "the size of v_t is unknown": "v_t 的尺寸未知",
  "Connect the latent of the source picture": "请连接源图的潜变量",
  "its config does not describe InsightEdit's networks": "它的配置描述的不是 InsightEdit 的网络",
  "Load checkpoints of the Stable Diffusion family with model.unet, model.vae and model.clip-text":
    "Stable Diffusion 系列的检查点请用 model.unet、model.vae 和 model.clip-text 加载",
  "its {} {} wide, the IP-Adapter reads {}": "它的 {} 宽度为 {}，而 IP-Adapter 读取 {}",
  "Use the image encoder that the IP-Adapter was trained with":
    "请使用训练此 IP-Adapter 时的图像编码器",
  "its tokens are {} wide, but the UNet expects {}": "它的词元宽度为 {}，而 UNet 需要 {}",
  "Use an IP-Adapter that was trained for this family of UNets":
    "请使用为此系列 UNet 训练的 IP-Adapter",
  "it has embeddings of {} tokens, but the [MM] tokens end at {}":
    "它有 {} 个词元的嵌入，而 [MM] 词元到 {} 为止",
  "Use a checkpoint that was trained for editing, or correct the id of its first [MM] token":
    "请使用为编辑训练的检查点，或改正它第一个 [MM] 词元的标识",
  "net: {} is no network": "net：{} 不是网络",
  "Write the network of the weights: {}": "请写出权重所属的网络：{}",
  "{} reads the picture with the instruction": "{} 同时读取图片与指令",
  "Connect the picture to edit": "请连接要编辑的图片",
  "{} x {} pixels are a strip": "{} x {} 像素过于狭长",
  "Crop the picture": "请裁剪图片",
  "{} x {} pixels make {} patches, more than {}": "{} x {} 像素会分成 {} 个图块，超过 {} 个",
  "Scale the picture down, for instance to 1024 pixels on its longer side":
    "请缩小图片，例如长边 1024 像素",
  "states after layer {} are wanted, but it has {} layers":
    "需要第 {} 层之后的状态，但它只有 {} 层",
  "Load the language model that the editor was trained with": "请加载训练此编辑器时的语言模型",
  "its language model has no tokenizer": "它的语言模型没有分词器",
  "the language model reads texts alone": "此语言模型只能读取文本",
  "Choose a model that reads pictures, such as Qwen3-VL": "请选择能读取图片的模型，例如 Qwen3-VL",
  "it spells out the model's own mark {}": "它写出了模型自用的标记 {}",
  "Leave it out": "请去掉它",
  "Connect the condition of an empty text, or set both guidance scales to 1":
    "请连接空文本的条件，或把两个引导强度都设为 1",
  "it has shape {}, but the condition has {}": "它的形状为 {}，而条件为 {}",
  "Use the same text encoder for both": "两者请使用同一个文本编码器",
  "Use a network with {}, {} or, to fill a mask, {} input channels for this autoencoder":
    "请使用输入通道为 {} 或 {} 的网络；填补蒙版时为 {} 的网络",
  "the network fills a mask, and none is given": "此网络用于填补蒙版，但没有给出蒙版",
  "Connect a mask, or use a network that edits without one": "请连接蒙版，或使用不需要蒙版的网络",
  "its text encoder has no tokenizer": "它的文本编码器没有分词器",
  "Add the checkpoint again with its tokenizer folder": "请连同 tokenizer 文件夹重新添加检查点",
  "in the box": "框内",
  "nothing stands out from its surroundings at {}": "{} 处没有与周围区分开的物体",
};
