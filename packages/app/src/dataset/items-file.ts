/** The file with the state of every item of a run, below its hidden folder. */
export const itemsFile = "items.db";
