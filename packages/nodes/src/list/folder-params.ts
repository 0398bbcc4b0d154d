import { param } from "@insightgraph/engine/node";

/** Params shared by all nodes that read a folder of pictures. */
export const folderParams = {
  folder: param.file({ default: "", purpose: "open", doc: "Folder with picture files." }),
  colour: param.text({
    default: "#ffffff",
    doc: "Background of transparent pixels, as #rrggbb.",
  }),
  broken: param.choice({
    options: ["skip", "stop"],
    default: "skip",
    doc: "Where a picture is broken: leave it out and say so, or stop.",
  }),
} as const;
