/** JSON Schema of the graph file; the TypeScript types and the parser derive from it. */
export const documentSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "InsightGraph graph, version 1",
  type: "object",
  required: ["format", "version", "nodes"],
  properties: {
    format: { const: "insightgraph", description: "What kind of file this is." },
    version: { const: 1, description: "The version of the format." },
    name: { type: "string", description: "A title for people." },
    nodes: { $ref: "#/$defs/nodes" },
    inputs: { $ref: "#/$defs/inputs" },
    outputs: { $ref: "#/$defs/outputs" },
    graphs: {
      type: "object",
      description: "Subgraphs by name; nodes of type graph:NAME run them.",
      additionalProperties: { $ref: "#/$defs/definition" },
    },
    ablation: { $ref: "#/$defs/ablation" },
    ui: { $ref: "#/$defs/ui" },
  },
  $defs: {
    definition: {
      description: "A subgraph: its nodes, or the graph file that it is read from.",
      anyOf: [{ $ref: "#/$defs/subgraph" }, { $ref: "#/$defs/graphFile" }],
    },
    graphFile: {
      type: "object",
      description: "A graph of its own, called by its named inputs and outputs.",
      required: ["file"],
      properties: {
        file: {
          type: "string",
          minLength: 1,
          maxLength: 1000,
          description: "Its file, from this file's folder, with forward slashes.",
        },
      },
    },
    subgraph: {
      type: "object",
      description: "A subgraph, which nodes of type graph:NAME run.",
      required: ["nodes"],
      properties: {
        name: { type: "string", description: "A title for people." },
        doc: { type: "string", description: "What it does, as one sentence." },
        nodes: { $ref: "#/$defs/nodes" },
        inputs: { $ref: "#/$defs/inputs" },
        outputs: { $ref: "#/$defs/outputs" },
        ui: { $ref: "#/$defs/ui" },
        file: {
          type: "string",
          minLength: 1,
          maxLength: 1000,
          description: "The file that it was read from; a saved graph has this alone.",
        },
        within: {
          type: "string",
          minLength: 1,
          description: "The subgraph whose file it came with; a saved graph leaves it out.",
        },
      },
    },
    nodes: {
      type: "object",
      description: "Nodes by an id that a person can read.",
      additionalProperties: { $ref: "#/$defs/node" },
    },
    ablation: {
      type: "object",
      description: "Variants of the graph, which insightgraph ablate compares.",
      required: ["axes"],
      properties: {
        axes: {
          type: "array",
          description: "What is varied. Each cell takes one variant of every axis.",
          items: { $ref: "#/$defs/axis" },
        },
        combine: {
          type: "string",
          enum: ["product", "zip"],
          description:
            "Every variant with every other (product), or the first with the first (zip).",
        },
        exclude: {
          type: "array",
          description: "Cells that are left out: those that have all of these variants.",
          items: { $ref: "#/$defs/choice" },
        },
        baseline: { $ref: "#/$defs/choice" },
      },
    },
    axis: {
      type: "object",
      description: "Variants that stand in place of each other.",
      required: ["name", "variants"],
      properties: {
        name: { type: "string", minLength: 1, description: "The axis's name." },
        variants: {
          type: "array",
          description: "The variants of the axis, in the order of their rows.",
          items: { $ref: "#/$defs/variant" },
        },
      },
    },
    variant: {
      type: "object",
      description: "What one variant changes; without changes, the graph as it is.",
      required: ["name"],
      properties: {
        name: { type: "string", minLength: 1, description: "The variant's name." },
        changes: {
          type: "array",
          description: "Changes of nodes, made in this order.",
          items: { $ref: "#/$defs/change" },
        },
      },
    },
    change: {
      type: "object",
      description: "Changes one node. Fields that are left out stay as they are.",
      required: ["node"],
      properties: {
        node: {
          type: "string",
          minLength: 1,
          description: "The node's id; graph:NAME/ID for a node of a subgraph.",
        },
        type: {
          type: "string",
          minLength: 1,
          description: "Another node type. Links that it has ports for stay; params start anew.",
        },
        params: { type: "object", description: "Params by name; the others stay." },
        bypassed: { type: "boolean", description: "Whether the node is bypassed." },
        muted: { type: "boolean", description: "Whether the node is muted." },
      },
    },
    choice: {
      type: "object",
      description: "Names of variants by the names of their axes.",
      additionalProperties: { type: "string", minLength: 1, description: "A variant's name." },
    },
    inputs: {
      type: "object",
      description: "Named inputs: the graph as a function.",
      additionalProperties: { $ref: "#/$defs/graphInput" },
    },
    outputs: {
      type: "object",
      description: "Named outputs; they run when the graph runs.",
      additionalProperties: { $ref: "#/$defs/link" },
    },
    ui: { type: "object", description: "For editors only: notes, frames and the like." },
    node: {
      type: "object",
      description: "One node: its type, its params and its links.",
      required: ["type", "version"],
      properties: {
        type: {
          type: "string",
          minLength: 1,
          description: "The node type, or graph:NAME for a subgraph of this document.",
        },
        version: {
          type: "integer",
          minimum: 1,
          description: "The node type's version, as `insightgraph nodes` prints it.",
        },
        params: {
          type: "object",
          description: "Settings by name; absent ones take their default.",
        },
        inputs: {
          type: "object",
          description: "Links by the name of an input, or of a param that takes links.",
          additionalProperties: { $ref: "#/$defs/link" },
        },
        bypassed: {
          type: "boolean",
          description: "Passes an input through to each output of the same port type.",
        },
        muted: { type: "boolean", description: "Does not run and gives nothing." },
        ui: {
          type: "object",
          description: "For editors only; execution and cache keys ignore it.",
          properties: {
            x: { type: "number", description: "Pixels from the left." },
            y: { type: "number", description: "Pixels from the top." },
          },
        },
      },
    },
    link: {
      type: "object",
      description: "An output of another node; the node $inputs gives the graph's own inputs.",
      required: ["node", "output"],
      properties: {
        node: { type: "string", minLength: 1, description: "The id of a node." },
        output: { type: "string", minLength: 1, description: "The name of one of its outputs." },
      },
    },
    graphInput: {
      description:
        "A name for a param or an output of a node, or a port that links may leave from.",
      anyOf: [
        { $ref: "#/$defs/paramInput" },
        { $ref: "#/$defs/outputInput" },
        { $ref: "#/$defs/portInput" },
      ],
    },
    paramInput: {
      type: "object",
      description: "A name for a param of a node.",
      required: ["node", "param"],
      properties: {
        node: { type: "string", minLength: 1, description: "The id of a node." },
        param: { type: "string", minLength: 1, description: "The name of one of its params." },
      },
    },
    outputInput: {
      type: "object",
      description:
        "A name for an output of a node; a value given for it replaces what the node gives.",
      required: ["node", "output"],
      properties: {
        node: { type: "string", minLength: 1, description: "The id of a node." },
        output: { type: "string", minLength: 1, description: "The name of one of its outputs." },
      },
    },
    portInput: {
      type: "object",
      description: "A port that links may leave from, as outputs of the node $inputs.",
      required: ["type"],
      properties: {
        type: {
          type: "string",
          minLength: 1,
          maxLength: 200,
          description: "The port type, such as image, list of image or stream of image.",
        },
        doc: { type: "string", description: "What the input is for." },
        optional: { type: "boolean", description: "Whether it may be left unconnected." },
      },
    },
  },
} as const;
