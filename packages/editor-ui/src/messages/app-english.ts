/** Messages of the form that a graph is for people who only edit pictures. */
export const englishApp = {
  app: {
    title: "App",
    open: "App",
    showGraph: "Show the graph",
    nothingNamed:
      "This graph names no inputs yet. Select a node in the graph and press the pin beside a setting to show it here.",
    moreSettings: "More settings",
    progress: "Progress of the run",
    pin: (name: string) => `Show ${name} in the app`,
  },
};
