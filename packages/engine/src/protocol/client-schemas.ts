import type { XStatic } from "typebox/schema";

/** JSON Schema of each message of a page. A graph in it is parsed on its own; patches are as immer makes them. */
export const clientSchemas = {
  run: {
    type: "object",
    required: ["type", "requestId", "graph"],
    properties: {
      type: { const: "run" },
      requestId: { type: "string", minLength: 1, maxLength: 200 },
      graph: {},
      documentId: { type: "string", minLength: 1, maxLength: 200 },
      outputs: { type: "array", items: { type: "string" } },
    },
  },
  cancel: {
    type: "object",
    required: ["type", "runId"],
    properties: {
      type: { const: "cancel" },
      runId: { type: "string", minLength: 1, maxLength: 200 },
    },
  },
  migrate: {
    type: "object",
    required: ["type", "requestId", "graph"],
    properties: {
      type: { const: "migrate" },
      requestId: { type: "string", minLength: 1, maxLength: 200 },
      graph: {},
    },
  },
  "join-document": {
    type: "object",
    required: ["type", "documentId"],
    properties: {
      type: { const: "join-document" },
      documentId: { type: "string", minLength: 1, maxLength: 200 },
    },
  },
  "leave-document": {
    type: "object",
    required: ["type", "documentId"],
    properties: {
      type: { const: "leave-document" },
      documentId: { type: "string", minLength: 1, maxLength: 200 },
    },
  },
  "edit-document": {
    type: "object",
    required: ["type", "documentId", "editId", "version", "patches"],
    properties: {
      type: { const: "edit-document" },
      documentId: { type: "string", minLength: 1, maxLength: 200 },
      editId: { type: "string", minLength: 1, maxLength: 200 },
      version: { type: "integer", minimum: 0 },
      patches: {
        type: "array",
        maxItems: 100000,
        items: {
          type: "object",
          required: ["op", "path"],
          properties: {
            op: { enum: ["add", "remove", "replace"] },
            path: { type: "array", maxItems: 64, items: { type: ["string", "integer"] } },
            value: {},
          },
        },
      },
      label: { type: "string", minLength: 1, maxLength: 200 },
    },
  },
  "undo-document": {
    type: "object",
    required: ["type", "documentId", "editId", "version"],
    properties: {
      type: { const: "undo-document" },
      documentId: { type: "string", minLength: 1, maxLength: 200 },
      editId: { type: "string", minLength: 1, maxLength: 200 },
      version: { type: "integer", minimum: 0 },
    },
  },
  "redo-document": {
    type: "object",
    required: ["type", "documentId", "editId", "version"],
    properties: {
      type: { const: "redo-document" },
      documentId: { type: "string", minLength: 1, maxLength: 200 },
      editId: { type: "string", minLength: 1, maxLength: 200 },
      version: { type: "integer", minimum: 0 },
    },
  },
  "view-document": {
    type: "object",
    required: ["type", "documentId", "viewState"],
    properties: {
      type: { const: "view-document" },
      documentId: { type: "string", minLength: 1, maxLength: 200 },
      viewState: { type: "object" },
    },
  },
} as const;

type Schemas = typeof clientSchemas;

/** A value as it was read: nothing of it is changed. */
export type ReadOnly<T> = T extends object ? { readonly [Key in keyof T]: ReadOnly<T[Key]> } : T;

/** A message of a page, its graph not parsed yet. */
export type ClientRequest = {
  [Type in keyof Schemas]: ReadOnly<XStatic<Schemas[Type]>>;
}[keyof Schemas];
