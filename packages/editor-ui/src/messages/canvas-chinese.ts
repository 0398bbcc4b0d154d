import type { englishCanvas } from "./canvas-english.ts";

/** Messages of what stands on the canvas. */
export const chineseCanvas: typeof englishCanvas = {
  frameTitle: "框的标题",
  untitledFrame: "框",
  frameColour: (colour) => `颜色：${colour}`,
  frameColours: {
    model: "灰色",
    image: "蓝色",
    mask: "青色",
    text: "黄色",
    condition: "绿色",
    latent: "粉色",
  },
  noteText: "便签文字",
  emptyNote: "*空便签：双击即可书写。*",
};
