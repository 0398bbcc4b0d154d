import { removeObject } from "@insightgraph/editing/photographs";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const dataInpaintRemove = defineNode({
  type: "data.inpaint-remove",
  version: 1,
  title: "Remove object",
  doc: "Removes what a mask covers and fills its place with patches of the surroundings (PatchMatch); all other pixels stay as they are.",
  inputs: {
    image: image("Picture to change."),
    mask: mask("What to remove."),
    avoid: mask.optional("What not to copy from, such as other objects. Omitted: nothing."),
  },
  params: {
    grow: param.number({
      default: 0.03,
      min: 0,
      max: 0.5,
      step: 0.01,
      doc: "How far the mask is grown, in shares of the object's longer side.",
    }),
    shadow: param.boolean({ default: true, doc: "Whether the object's shadow goes as well." }),
    mostArea: param.number({
      default: 0.45,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Largest share of the picture that is filled. Above it, what is behind the object cannot be guessed, unless the rest is plain. 1: any.",
    }),
  },
  outputs: {
    image: image("Picture without the object."),
    mask: mask("Everything that was filled: the mask grown, with the shadow."),
  },
  async run({ image: picture, mask: object, avoid }, settings, { signal, progress, log }) {
    const options = { ...settings, avoid, signal, progress };
    const { picture: edited, filled, doubt } = await removeObject(picture, object, options);
    if (doubt !== undefined) log(doubt);
    return { image: edited, mask: filled };
  },
});
