import { param } from "@insightgraph/engine/node";

/** Params shared by all nodes that read a folder of pictures. */
export const folderParams = {
  folder: param.file({ default: "", purpose: "open", doc: "Folder with picture files." }),
  colour: param.text({
    default: "#ffffff",
    doc: "Background of transparent pixels, as #rrggbb.",
  }),
} as const;
