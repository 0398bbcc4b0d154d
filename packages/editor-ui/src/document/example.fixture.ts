import type {
  GraphDocument,
  NodeCatalogue,
  NodeTypeSpec,
  PortCatalogue,
} from "@insightgraph/engine/graph";

const image = { type: "image", doc: "A picture." };
const latent = { type: "latent", doc: "A latent." };

const types: readonly NodeTypeSpec[] = [
  {
    type: "image.load",
    version: 1,
    title: "Load image",
    doc: "Opens a picture.",
    category: "image",
    inputs: {},
    params: { path: { kind: "file", purpose: "open", default: "", doc: "File." } },
    outputs: { image },
  },
  {
    type: "generation.encode",
    version: 1,
    title: "Encode",
    doc: "Picture to latent.",
    category: "generation",
    inputs: { image },
    params: {},
    outputs: { latent },
  },
  {
    type: "generation.sample",
    version: 1,
    title: "Sample",
    doc: "Denoises.",
    category: "generation",
    inputs: { source: latent, hint: { ...latent, optional: true } },
    params: {
      steps: {
        kind: "integer",
        accepts: "number",
        default: 20,
        min: 1,
        max: 200,
        doc: "Steps.",
      },
      seed: { kind: "seed", default: 7, doc: "Seed." },
    },
    outputs: { latent },
  },
  {
    type: "generation.decode",
    version: 1,
    title: "Decode",
    doc: "Latent to picture.",
    category: "generation",
    inputs: { latent },
    params: {},
    outputs: { image },
  },
  {
    type: "image.compare",
    version: 1,
    title: "Compare",
    doc: "Two pictures.",
    category: "image",
    inputs: { before: image, after: image },
    params: {},
    outputs: { image },
    isOutput: true,
  },
];

/** Node types for tests. */
export const exampleCatalogue: NodeCatalogue = Object.fromEntries(
  types.map((spec) => [spec.type, spec]),
);

/** load -> encode -> sample -> decode, and load and decode -> compare. */
export const exampleGraph: GraphDocument = {
  format: "insightgraph",
  version: 1,
  nodes: {
    load: { type: "image.load", version: 1, params: { path: "a.png" }, ui: { x: 0, y: 0 } },
    encode: {
      type: "generation.encode",
      version: 1,
      inputs: { image: { node: "load", output: "image" } },
      ui: { x: 300, y: 0 },
    },
    sample: {
      type: "generation.sample",
      version: 1,
      inputs: { source: { node: "encode", output: "latent" } },
      ui: { x: 600, y: 0 },
    },
    decode: {
      type: "generation.decode",
      version: 1,
      inputs: { latent: { node: "sample", output: "latent" } },
      ui: { x: 900, y: 0 },
    },
    compare: {
      type: "image.compare",
      version: 1,
      inputs: {
        before: { node: "load", output: "image" },
        after: { node: "decode", output: "image" },
      },
      ui: { x: 1200, y: 0 },
    },
  },
  inputs: { seed: { node: "sample", param: "seed" } },
  outputs: { image: { node: "decode", output: "image" } },
};

/** Looks of the port types in `exampleCatalogue`. */
export const examplePortTypes: PortCatalogue = {
  image: { look: { role: "image", shape: "square" } },
  latent: { look: { role: "latent", shape: "hexagon" } },
};
