/** Messages about documents: tabs, saving, opening, sharing. */
export const englishDocuments = {
  untitled: "Untitled",
  couldNotOpen: (name: string, why: string) => `${name} could not be opened: ${why}`,
  nodesUpdated:
    "Some nodes were updated to their current versions. Save the graph to keep the changes.",
  openDocuments: "Open graphs",
  newDocument: "New graph",
  closeDocument: (name: string) => `Close ${name}`,
  otherWindows: (count: number) => `also open in ${count} other windows`,
  otherWindow: "also open in another window",
  keptIn: {
    file: "saved",
    server: "not saved to a file",
    page: "waiting for the server",
  },
  keptInHint: {
    file: "The file holds this graph.",
    server: "The server keeps your changes. Save to write them to the file.",
    page: "The server has not received your latest changes. They are sent when it is back.",
  },
  saveAs: "Save as",
  saveAsTitle: "Save the graph",
  fileName: "File in the workspace",
  save: "Save",
  replaceFile: "Replace it",
  cancel: "Cancel",
  fileExists: (file: string) => `There is a file ${file} already.`,
  fileChanged: (file: string) => `Somebody changed ${file} since it was opened.`,
  savedTo: (file: string) => `Saved to ${file}.`,
  closeUnsaved: (name: string) => `Close ${name}? Its changes are in no file and will be lost.`,
  discard: "Close without saving",
};
