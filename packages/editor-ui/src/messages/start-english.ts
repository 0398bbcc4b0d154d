/** Messages of the start page and of the first steps. */
export const englishStart = {
  startTitle: "What would you like to do?",
  startPicture: "Edit a picture",
  startPictureHint:
    "Choose a file, or drop one here. It opens in a graph that edits it by instruction.",
  startEmpty: "Build a graph",
  startEmptyHint: "Begin with an empty canvas and search for nodes.",
  startOpen: "Open a file",
  startOpenHint: "A graph, or a picture that carries one. You can drop it anywhere on the page.",
  startDataset: "Browse a data set",
  startDatasetHint:
    "Look through pairs with their masks and scores, and accept or reject them by hand.",
  startExamples: "Examples",
  startRecent: "Files of the workspace",
  startOpenDocuments: "Open graphs",
  needsModel: "Needs a model that you add first.",
  changedOn: (when: string) => `changed ${when}`,
  serverAway: "The server is not responding",
  serverAwayHint: "Restart it with npm start. This page reconnects by itself.",
  noExample: (id: string) => `There is no example ${id}.`,
  emptyTitle: "Start with",
  emptyExample: "An example",
  emptyExampleHint: "Shipped graphs, with pictures of what they make.",
  emptyPicture: "A picture",
  emptyPictureHint: "Choose a file, or drop one on the canvas.",
  emptyNode: "A node",
  emptyNodeHint: "Search all nodes. A double-click on the canvas does the same.",
  guideTitle: "Your first edit",
  guideInstruction: "1. Type what to change into the Instruction node.",
  guideRun: "2. Press Run.",
  guideLook: "3. Move the line to compare the pictures.",
  guideShow: "Show the pictures",
  guideSkip: "Skip",
  examples: {
    insightedit: {
      title: "Edit by instruction",
      hint: "Add, remove, replace or recolour things in a small scene.",
    },
    "edit-photograph": {
      title: "Edit a photograph",
      hint: "Remove things, recolour them, or change the background.",
    },
    "several-instructions": {
      title: "Several instructions at once",
      hint: "One picture, a list of instructions, an edit for each.",
    },
    "compare-metrics": {
      title: "Compare two variants by metrics",
      hint: "A table with intervals and tests.",
    },
    evaluate: { title: "Evaluate on held-out edits", hint: "Scores of an editing graph." },
    "train-mini": {
      title: "Train a small model",
      hint: "Trains insightedit-mini and evaluates it.",
    },
    "instruct-pix2pix": {
      title: "InstructPix2Pix",
      hint: "The published model with its two guidance scales.",
    },
    "insightedit-sd15": {
      title: "InsightEdit over Stable Diffusion 1.5",
      hint: "The paper's bridges over a large network.",
    },
    "picture-as-prompt": {
      title: "Edit with a picture as prompt",
      hint: "IP-Adapter: another picture says what to change.",
    },
  },
};
