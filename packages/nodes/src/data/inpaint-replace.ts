import { pasteObject } from "@insightgraph/editing/pairs";
import { removeObject } from "@insightgraph/editing/photographs";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

const removal = { grow: 0.03, shadow: true } as const;

export const dataInpaintReplace = defineNode({
  type: "data.inpaint-replace",
  version: 1,
  title: "Replace object",
  doc: "Removes an object and pastes one from another picture in its place. Light and perspective stay those of the other picture: choose one that fits.",
  inputs: {
    image: image("Picture to change."),
    mask: mask("What to replace."),
    other: image("Picture that shows the new object."),
    otherMask: mask("Where the new object is in it."),
    avoid: mask.optional("What not to copy from, such as other objects. Omitted: nothing."),
  },
  params: {},
  outputs: {
    image: image("Picture with the new object."),
    mask: mask("Everything that was changed."),
  },
  async run({ image: picture, mask: object, other, otherMask, avoid }, _, { signal, progress }) {
    const { picture: empty, filled } = await removeObject(picture, object, {
      ...removal,
      avoid,
      signal,
      progress,
    });
    const pasted = pasteObject(empty, object, { picture: other, mask: otherMask });
    const data = filled.data.map((value, at) => Math.max(value, pasted.mask.data[at] ?? 0));
    return { image: pasted.picture, mask: { ...filled, data } };
  },
});
