import type { DocsByType } from "./catalogue-docs.ts";

/** Descriptions of mask nodes, in Simplified Chinese. */
export const chineseMaskDocs: DocsByType = {
  "mask.from-image": {
    doc: "把图片转换为蒙版：黑色为未选中，白色为选中。",
    image: "要转换的图片。",
    channel: "使用的值：亮度、最亮的通道，或单个通道。",
  },
  "mask.threshold": {
    doc: "把蒙版二值化。",
    mask: "要做阈值处理的蒙版。",
    level: "达到此级别的值变为 255，其余为 0。",
    ">mask": "二值蒙版。",
  },
  "mask.dilate": {
    doc: "按半径扩大蒙版。要收缩蒙版，请在前后各反转一次。",
    mask: "要扩大的蒙版。",
    radius: "半径（像素）。",
    ">mask": "扩大后的蒙版。",
  },
  "mask.feather": {
    doc: "用高斯模糊柔化蒙版边缘。",
    mask: "要柔化的蒙版。",
    sigma: "高斯的标准差（像素）。0 表示不变。",
    ">mask": "柔化后的蒙版。",
  },
  "mask.invert": {
    doc: "反转蒙版：选中变为未选中。",
    mask: "要反转的蒙版。",
    ">mask": "反转后的蒙版。",
  },
  "mask.resize": {
    doc: "把蒙版缩放到图片的尺寸。",
    mask: "要缩放的蒙版。",
    like: "要匹配其尺寸的图片。",
  },
  "mask.to-image": {
    doc: "把蒙版转换为灰度图：黑色为未选中，白色为选中。",
    mask: "要转换的蒙版。",
    ">image": "与蒙版同尺寸的灰度图。",
  },
  "mask.from-box": {
    doc: "生成方框内为白色的蒙版。",
    like: "决定蒙版尺寸的图片。",
    box: "四个数字（像素）。",
    ">mask": "蒙版，方框在图片内的部分为 255。",
  },
  "mask.to-box": {
    doc: "给出包含蒙版的最小方框，为 JSON 中的四个数字。",
    mask: "蒙版；像素值 128 及以上视为选中。",
    ">box": "JSON 格式的方框（像素）。",
  },
  "mask.from-run-length": {
    doc: "从 COCO 的游程编码（压缩或普通）读取蒙版。",
    code: "JSON：size 为 [高, 宽]，counts 为文本或列表。",
    ">mask": "蒙版，选中处为 255。",
  },
  "mask.to-run-length": {
    doc: "把蒙版写成 COCO 游程编码的 JSON：尺寸 [高, 宽] 与按列的游程。",
    mask: "要写入的蒙版；像素值 128 及以上视为选中。",
    form: "游程写成 COCO 的压缩文本或普通数字。",
    ">code": "JSON 格式的游程编码。",
  },
};
