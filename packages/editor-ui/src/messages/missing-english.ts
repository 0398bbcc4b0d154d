/** Messages about what an opened graph needs and lacks. */
export const englishMissing = {
  missing: {
    title: "This graph needs what is not here",
    types: "Node types that are not installed",
    typeCount: (type: string, count: number) =>
      count === 1 ? `${type}: 1 node` : `${type}: ${count} nodes`,
    takeType: (type: string) => `Use ${type}`,
    newer: "Nodes of a newer version",
    newerHint: (titles: string) => `${titles}. Update InsightGraph to run them.`,
    checkpoints: "Models that are not installed",
    addCheckpoint: "Add model…",
    pictures: "Pictures that are not here",
    usedBy: (titles: string) => `used by ${titles}`,
    choosePicture: "Choose a picture…",
    openWithout: "Open without",
  },
};
