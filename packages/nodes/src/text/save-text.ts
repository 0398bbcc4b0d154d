import { defineNode, param } from "@insightgraph/engine/node";
import { pathForItem } from "../files/path-for-item.ts";
import { requireFolder, writeWhole } from "../files/write-whole.ts";
import { text } from "../port-types.ts";

export const saveText = defineNode({
  type: "text.save",
  version: 1,
  title: "Save text",
  doc: "Writes a text file in UTF-8, whole or not at all; those of a list are numbered.",
  inputs: { text: text("Text to save.") },
  params: {
    path: param.file({
      default: "text.txt",
      purpose: "save",
      accept: ".txt,.md",
      doc: "File to write.",
    }),
  },
  outputs: {},
  isOutput: true,
  cacheable: false,
  async run(inputs, { path: wanted }, { log, saved, item }) {
    const path = pathForItem(wanted, item);
    await requireFolder(path);
    await writeWhole(path, inputs.text);
    log(`saved ${path}`);
    saved(path);
    return {};
  },
});
