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
  noteText: "Text of the note",
  emptyNote: "*Empty note: double-click to write.*",
};
