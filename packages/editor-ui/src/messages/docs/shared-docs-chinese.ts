/** Descriptions that several node types share, in Simplified Chinese, by their English text. */
export const chineseSharedDocs: Readonly<Record<string, string>> = {
  "Background of transparent pixels, as #rrggbb.": "透明像素的背景色，格式为 #rrggbb。",
  "Where a file is already there that this graph did not write: number the new one, replace the old one, or refuse.":
    "遇到并非由此图写入的同名文件时：新文件加编号、替换旧文件，或拒绝写入。",
  "Picture to change.": "要修改的图片。",
  "Mask at the picture's size.": "与图片同尺寸的蒙版。",
  "xyxy: the corners left, top, right, bottom. xywh: left, top, width, height.":
    "xyxy：左、上、右、下角点。xywh：左、上、宽、高。",
  "The number.": "数字的值。",
  "First number.": "第一个数字。",
  "Second number.": "第二个数字。",
  "Finds outlines in boxes.": "在方框中寻找轮廓。",
  "Multimodal language model.": "多模态语言模型。",
  "Denoising network.": "去噪网络。",
  "Autoencoder between pixels and latents.": "像素与潜变量之间的自编码器。",
  "Name of a checkpoint, or dir: and the absolute path of a folder in diffusers' layout.":
    "检查点名称，或 dir: 加 diffusers 布局文件夹的绝对路径。",
  "Image encoder and projection.": "图像编码器与投影层。",
  "Captions, names, rewords and judges.": "描述、命名、改写和评判。",
  "Bridging networks.": "桥接网络。",
  "Object detector.": "物体检测器。",
  "Model's name, as the endpoint knows it.": "模型在该接口上的名称。",
  "Name of the environment variable that holds the key, such as OPENAI_API_KEY. Never the key itself. Empty: no key.":
    "存放密钥的环境变量名，例如 OPENAI_API_KEY。切勿填密钥本身。留空：无密钥。",
  "States at the [MM] positions.": "[MM] 位置的状态。",
  "Weight (lambda) of the image half of cross-attention. 0 turns it off.":
    "交叉注意力图像分支的权重（lambda）。0 为关闭。",
  "Autoencoder.": "自编码器。",
  "Denoising steps.": "去噪步数。",
  "Seed of the noise.": "噪声的种子。",
  "Picture before the edit.": "编辑前的图片。",
  "Picture after the edit.": "编辑后的图片。",
  "Where source and target differ.": "源图与目标图不同的位置。",
  "Instruction for the edit.": "编辑指令。",
  "What the edit does: remove, add, replace or recolor.":
    "编辑的操作：remove、add、replace 或 recolor。",
  "Picture to search.": "要搜索的图片。",
  "Least score of an object.": "物体的最低分数。",
  "Picture that shows the object.": "显示该物体的图片。",
  "Picture that shows the objects.": "显示这些物体的图片。",
  "Objects with their boxes.": "带方框的物体。",
  "Who finds the outlines. Omitted: GrabCut.": "由谁寻找轮廓。省略：GrabCut。",
  "What not to copy from, such as other objects. Omitted: nothing.":
    "不可从中复制的部分，例如其他物体。省略：无。",
  "How far the mask is grown, in shares of the object's longer side.":
    "蒙版扩大的程度，占物体长边的比例。",
  "Address that /images/edits follows.": "/images/edits 之前的地址。",
  "Seed of the edit, where the server takes one.": "编辑的种子（服务器支持时）。",
  "Denoising steps, where the server takes them. 0: the server's own.":
    "去噪步数（服务器支持时）。0：用服务器的默认值。",
  "Guidance scale, where the server takes one. 0: the server's own.":
    "引导强度（服务器支持时）。0：用服务器的默认值。",
  "Most edits at a time at this address.": "同时向该地址请求编辑的最大数量。",
  "Seconds to wait for an edit.": "等待编辑的秒数。",
  "Objects that the caption names.": "描述中提到的物体。",
  "Pictures before the edit.": "编辑前的图片（列表）。",
  "Pictures after the edit.": "编辑后的图片（列表）。",
  "Object that is removed, added or replaced.": "被移除、添加或替换的那个物体。",
  "What the edit does with the object.": "编辑对物体的操作。",
  "What comes in its place; empty where nothing is replaced.": "放在原处的东西；没有替换则为空。",
  "Objects that the edits show: all hundred of training, or the ten that insightedit-nano knows.":
    "编辑中出现的物体：训练的全部一百种，或 insightedit-nano 认识的十种。",
  "Where the two differ.": "二者不同的位置。",
  "What to do, in words.": "要做什么，用文字表述。",
  "What the instruction is: simple or reasoning.": "指令的种类：simple 或 reasoning。",
  "Number of edits.": "编辑的数量。",
  "Number of the first edit.": "第一个编辑的编号。",
  "A seed for each edit: its number.": "每个编辑的种子：即其编号。",
  "What the edits should give, sized as the sources.": "编辑应得的结果，尺寸与源图相同。",
  "Where source and target differ, sized as the sources.":
    "源图与目标图不同的位置，尺寸与源图相同。",
  "What the edits gave; resized to the sources where sizes differ.":
    "编辑所得的结果；尺寸不同时缩放到源图。",
  "What each edit does, such as remove.": "每个编辑的操作，例如 remove。",
  "What kind of instruction asked for it, such as reasoning.": "所用指令的种类，例如 reasoning。",
  "Picture to score.": "要评分的图片。",
  "Picture to compare it with: the target, or the source for the background.":
    "用于比较的图片：目标图；评估背景时为源图。",
  "Edited region. Omitted: the whole picture counts.": "编辑区域。省略：计入整张图片。",
  "Which side of the mask counts; outside is the background. Ignored without a mask.":
    "计入蒙版的哪一侧；outside 为背景。没有蒙版时忽略。",
  "Lower is better. Scale: R, G and B from 0 to 1.": "越低越好。口径：R、G、B 为 0 到 1。",
  "Name of an added CLIP checkpoint, or dir: and the absolute path of its folder.":
    "已添加的 CLIP 检查点名称，或 dir: 加其文件夹的绝对路径。",
  "What it should show: a caption of the wanted picture, not an instruction.":
    "图片应显示的内容：想要的图片的描述，而非指令。",
  "Edited region: only the box around it is scored. Omitted: the whole picture.":
    "编辑区域：只对其外接方框评分。省略：整张图片。",
  "Picture to score: the edited one.": "要评分的图片：编辑后的图片。",
  "How often the items are drawn anew for the interval.": "为求区间重新抽样的次数。",
  "Seed of these draws.": "抽样的种子。",
  "Upper end of the interval.": "区间的上限。",
  "Share of pairs of the data set in a batch; the rest are composed scenes.":
    "批中数据集图片对的占比；其余为合成场景。",
  "Losses by step, as a table.": "各步的损失，为表格。",
  "The numbers, in order.": "按顺序排列的数字。",
  "Folder with picture files.": "存放图片文件的文件夹。",
  "Where a picture is broken: leave it out and say so, or stop.":
    "遇到损坏的图片：略去并说明，或停止。",
  "Pictures, sorted by file name; 2 comes before 10.": "图片，按文件名排序；2 在 10 之前。",
  "File names of the pictures.": "图片的文件名。",
  "The selected value.": "选中的值。",
  "stored: as the checkpoint has them. int8: matrices in 8 bits, converted once; half the memory of 16 bits, and what the network gives differs by a few percent, single values by more.":
    "stored：保持检查点中的形式。int8：矩阵为 8 位，只转换一次；内存为 16 位的一半，网络的输出相差百分之几，个别数值相差更多。",
};
