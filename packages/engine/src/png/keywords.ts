/** Keyword of the text in a PNG that holds the graph it was made with. */
export const graphKeyword = "insightgraph-graph";
/** Keyword of the text in a PNG that holds the manifest of its run. */
export const manifestKeyword = "insightgraph-manifest";
