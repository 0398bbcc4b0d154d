export { type DocumentStore, openDocumentStore } from "./documents/document-store.ts";
export { createJournal, type Journal, openJournal } from "./documents/journal.ts";
