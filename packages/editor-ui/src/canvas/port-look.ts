import { innermostOf } from "@insightgraph/engine/graph";

const coloured = new Set([
  "image",
  "mask",
  "text",
  "mm-tokens",
  "condition",
  "feature",
  "latent",
  "model",
  "number",
  "dataset",
  "score",
]);

/** Shapes that tell port types apart without colour. */
const shapes: Readonly<Record<string, string>> = {
  image: "square",
  mask: "frame",
  text: "bar",
  "mm-tokens": "diamond",
  feature: "triangle",
  latent: "hexagon",
  model: "ring",
  dataset: "frame",
};

/** Colour of a port type as a CSS value; a family's members (`model.unet`) share one. */
export function portColour(type: string): string {
  const family = familyOf(type);
  return `var(--port-${coloured.has(family) ? family : "other"})`;
}

export function portShape(type: string): string {
  return shapes[familyOf(type)] ?? "circle";
}

/** Node categories are marked in the colour of what they mostly make. */
const categories: Readonly<Record<string, string>> = {
  image: "image",
  mask: "mask",
  text: "text",
  model: "model",
  comprehension: "mm-tokens",
  bridging: "condition",
  generation: "latent",
  data: "dataset",
  evaluation: "score",
  train: "number",
};

export function categoryColour(category: string): string {
  return portColour(categories[category] ?? category);
}

function familyOf(type: string): string {
  return innermostOf(type).split(".")[0] ?? type;
}
