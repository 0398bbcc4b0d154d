import { editByEndpoint, serverBuild } from "@insightgraph/editing/endpoints";
import { growHole } from "@insightgraph/editing/photographs";
import { blendPictures, boxOfMask, resizePicture } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { connectionOf, serverParams } from "../edit/editor-server.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const dataInpaintEndpoint = defineNode({
  type: "data.inpaint-endpoint",
  version: 1,
  title: "Inpaint by endpoint",
  doc: "Has another editor change a picture, over OpenAI's images API, and takes over only what lies in a mask. The picture is sent to that address.",
  inputs: {
    image: image("Picture to change."),
    mask: mask("Where the edit is taken over."),
    avoid: mask.optional("What stays as it is, such as other objects. Omitted: nothing."),
  },
  params: {
    instruction: param.text({
      default: "remove the object",
      doc: "What to do, as one sentence that names the object.",
    }),
    ...serverParams,
    grow: param.number({
      default: 0.05,
      min: 0,
      max: 0.5,
      step: 0.01,
      doc: "How far the mask is grown, in shares of the object's longer side.",
    }),
  },
  outputs: {
    image: image("Picture with the edit inside the mask."),
    mask: mask("Everything that was taken over."),
  },
  // Another build of the server may give another picture.
  fingerprint: async (settings) => {
    const connection = connectionOf(settings);
    return `${connection.model} on ${await serverBuild(connection)}`;
  },
  async run({ image: picture, mask: object, avoid }, { grow, ...settings }, context) {
    if (boxOfMask(object) === undefined) {
      const hint = "Give a mask that is white on the object.";
      throw inputError("the mask is empty.", { input: "mask", hint });
    }
    const { instruction, seed, steps, guidance, ...server } = settings;
    const order = { picture, instruction, seed, steps, guidance, keepsSize: true };
    const edited = await editByEndpoint(connectionOf(server), order, context.signal);
    for (const loss of edited.losses) context.log(loss);
    const top = resizePicture(edited.picture, picture.width, picture.height);
    const hole = growHole(object, grow, avoid);
    const options = { mask: hole, opacity: 1, mode: "normal" } as const;
    return { image: blendPictures(picture, top, options), mask: hole };
  },
});
