import { extname } from "node:path";
import { requireFolder, writeWhole } from "@insightgraph/editing/files";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { pathForItem } from "../files/path-for-item.ts";
import { text } from "../port-types/text.ts";

/** A graph from elsewhere must not write what this machine would run. */
const endings: readonly string[] = [".txt", ".md", ".csv"];

export const textSave = defineNode({
  type: "text.save",
  version: 1,
  title: "Save text",
  doc: "Writes a text file in UTF-8, whole or not at all; those of a list are numbered.",
  inputs: { text: text("Text to save.") },
  params: {
    path: param.file({
      default: "text.txt",
      purpose: "save",
      accept: endings.join(","),
      doc: "File to write.",
    }),
  },
  outputs: {},
  isOutput: true,
  cacheable: false,
  async run(inputs, { path: wanted }, { log, saved, item }) {
    const path = pathForItem(wanted, item);
    if (!endings.includes(extname(path).toLowerCase())) {
      throw inputError(`"${path}" does not end as a text file does`, {
        param: "path",
        hint: `End the name in ${endings.join(" or ")}.`,
      });
    }
    await requireFolder(path);
    await writeWhole(path, inputs.text);
    log(`saved ${path}`);
    saved(path);
    return {};
  },
});
