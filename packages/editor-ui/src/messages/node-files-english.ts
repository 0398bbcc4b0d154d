/** Messages about subgraphs that are kept as nodes in files. */
export const englishNodeFiles = {
  saveNodeTitle: "Save as a reusable node",
  nodeName: "Name of the node",
  nodeSaved: (file: string) =>
    `Saved to ${file}. The search lists it in every graph of this workspace.`,
  nodeNeedsOutput:
    "Nothing leaves this node. Link one of its outputs first, so that it has a port.",
  savedNodes: "Saved nodes",
  nodeUpdated: (file: string) => `${file} was changed. The node shows it as it is now.`,
};
