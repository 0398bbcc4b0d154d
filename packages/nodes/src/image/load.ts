import { digestFile, type ReadableFile, readWhole } from "@insightgraph/editing/files";
import { decodePicture, parseColour } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageLoad = defineNode({
  type: "image.load",
  version: 1,
  title: "Load picture",
  doc: "Reads a picture file: upright, in sRGB, 8 bits a channel; of an animation, the first frame.",
  inputs: {},
  params: {
    path: param.file({
      default: "",
      purpose: "open",
      accept: ".png,.jpg,.jpeg,.webp,.tif,.tiff,.gif,.avif",
      doc: "Picture file.",
    }),
    transparency: param.choice({
      options: ["on-colour", "as-stored"],
      default: "on-colour",
      doc: "Where the file is transparent: lay it on the colour, or keep what is stored there.",
    }),
    colour: param.text({
      default: "#ffffff",
      doc: "What shows through transparent places, as #rrggbb.",
    }),
  },
  outputs: {
    image: image("The picture in its own size, without transparency."),
    mask: mask("How opaque the file is: white all over where it has no transparency."),
  },
  fingerprint: ({ path }) => digestFile(pictureAt(path)),
  async run(_, { path, transparency, colour }, { signal, log }) {
    const ground = transparency === "as-stored" ? undefined : parseColour(colour, "colour");
    const bytes = await readWhole(pictureAt(path));
    signal.throwIfAborted();
    const { losses, ...decoded } = await decodePicture(bytes, { path, ground });
    for (const loss of losses) log(loss);
    return decoded;
  },
});

function pictureAt(path: string): ReadableFile {
  return { path, argument: "path", kind: "a picture", maxBytes: 1024 ** 3 };
}
