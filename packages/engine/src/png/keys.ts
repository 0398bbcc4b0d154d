/** Keyword of the text in a PNG that is the graph it was made with. */
export const graphKey = "insightgraph-graph";
/** Keyword of the text in a PNG that is the manifest of its run. */
export const manifestKey = "insightgraph-manifest";
