import { digestFile, type ReadableFile, readWhole } from "@insightgraph/editing/files";
import { decodePicture, parseColour } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageLoad = defineNode({
  type: "image.load",
  version: 1,
  title: "Load picture",
  doc: "Loads a picture file as 8-bit sRGB, rotated upright. Takes the first frame of an animation.",
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
      doc: "Transparent pixels: blend them onto the colour, or keep their stored colour.",
    }),
    colour: param.text({
      default: "#ffffff",
      doc: "Background of transparent pixels, as #rrggbb.",
    }),
  },
  outputs: {
    image: image("Picture at its own size, without transparency."),
    mask: mask("Opacity (alpha) of the file; all white if it has none."),
  },
  fingerprint: ({ path }) => digestFile(pictureAt(path)),
  fingerprinted: ["path"],
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
