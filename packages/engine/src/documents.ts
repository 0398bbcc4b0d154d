export { type DocumentStore, openDocumentStore } from "./documents/document-store.ts";
