import { defineNode, param } from "@insightgraph/engine/node";
import { requireFolder, writeWhole } from "../files/write-whole.ts";
import { text } from "../port-types.ts";

export const saveText = defineNode({
  type: "text.save",
  version: 1,
  title: "Save text",
  doc: "Writes a text file in UTF-8, whole or not at all.",
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
  async run(inputs, { path }, { log }) {
    await requireFolder(path);
    await writeWhole(path, inputs.text);
    log(`saved ${path}`);
    return {};
  },
});
