/** Messages of what stands on the canvas. */
export const englishCanvas = {
  frameTitle: "Title of the frame",
  untitledFrame: "Frame",
  frameColour: (colour: string) => `Colour: ${colour}`,
  frameColours: {
    model: "grey",
    image: "blue",
    mask: "cyan",
    text: "yellow",
    condition: "green",
    latent: "pink",
  },
  outdated: "outdated",
  outdatedHint: "The node, or one before it, was changed since this run.",
  graphTooLong: (size: string, most: string) =>
    `The file has ${size} MB; the page opens graphs up to ${most} MB. Pictures belong in files of their own.`,
  tooManyNodes: (count: string, most: string) =>
    `The graph has ${count} nodes; the page opens up to ${most}. Run it from the command line.`,
  wrongNumber: (wanted: string, value: string) => `${wanted} ${value} is used until then.`,
  seedNext: "Next seed",
  newGroup: "Group",
  cannotUnfold: "A bypassed node cannot be unfolded. Switch it on first.",
  readFromFile:
    "This subgraph is read from a file. Open that file to change it, or unfold the node.",
  levels: "Open subgraphs",
  wholeGraph: "Graph",
  portNames: "Ports of this subgraph",
  portName: (name: string) => `Name of ${name}`,
  removePort: (name: string) => `Remove ${name}`,
  portHint: "Draw a link to + to add a port.",
  noteText: "Text of the note",
  emptyNote: "*Empty note: double-click to write.*",
};
