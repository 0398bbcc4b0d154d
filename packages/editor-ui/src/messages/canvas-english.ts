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
