/** Messages of the search for nodes. */
export const englishSearch = {
  searchNodes: "Search nodes",
  searchNone: (query: string) => `No nodes match “${query}”.`,
  searchTasks: {
    add: "Add a node",
    addFitting: "Add a compatible node",
    join: "Link to",
    convert: "Convert the link with",
    insert: "Insert a node into the link",
    replace: "Replace with",
    variant: "Add a variant that replaces it with",
    find: "Find a node",
  },
  searchNothing: {
    add: "No node is installed.",
    addFitting: "No node is compatible with this port.",
    join: "This node has nothing that takes the link.",
    convert: "No node converts this link into what the other takes.",
    insert: "No node fits between the ends of this link.",
    replace: "No other node can keep a link of this one.",
    variant: "No other node fits here in a variant.",
    find: "The graph has no nodes.",
  },
  recentNodes: "Recent",
  keepsLinks: "Keep all links",
  losesLinks: "Lose some links",
  lostLinks: (count: number, links: string) =>
    `${count === 1 ? "1 link" : `${count} links`} would be lost: ${links}.`,
  lostInputs: (names: string) => `The graph would lose inputs: ${names}.`,
  lostOutputs: (names: string) => `The graph would lose outputs: ${names}.`,
};
