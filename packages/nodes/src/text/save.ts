import { extname } from "node:path";
import { requireFolder } from "@insightgraph/editing/files";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { existingParam, replacing } from "../files/existing-param.ts";
import { saveFile } from "../files/save-file.ts";
import { text } from "../port-types/text.ts";

/** A graph from elsewhere must not write what this machine would run. */
const endings: readonly string[] = [".txt", ".json", ".csv", ".md"];

export const textSave = defineNode({
  type: "text.save",
  version: 2,
  title: "Save text",
  doc: "Writes a text file in UTF-8, whole or not at all. Texts of a list are numbered.",
  inputs: { text: text("Text to save.") },
  params: {
    path: param.file({
      default: "text.txt",
      purpose: "save",
      accept: endings.join(","),
      doc: "File to write.",
    }),
    existing: existingParam,
  },
  outputs: {},
  isOutput: true,
  cacheable: false,
  migrate: { 1: replacing },
  async run(inputs, { path, existing }, context) {
    if (!endings.includes(extname(path).toLowerCase())) {
      throw inputError(`"${path}" does not end as a text file does`, {
        param: "path",
        hint: `End the name in ${endings.join(" or ")}.`,
      });
    }
    await requireFolder(path);
    await saveFile(inputs.text, path, existing, context);
    return {};
  },
});
