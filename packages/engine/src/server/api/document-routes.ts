import { randomUUID } from "node:crypto";
import type { DocumentStore } from "../../documents/document-store.ts";
import { EngineError, toWireError } from "../../errors.ts";
import { parseGraph } from "../../graph/parse-graph.ts";
import type { DocumentSummary } from "../../protocol/document.ts";
import { jsonReply } from "../replies.ts";
import { listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

const emptyGraph = { format: "insightgraph", version: 1, nodes: {} };
const summaryResponse = { 200: json("The document.", { document: ref("DocumentSummary") }) };
const editResponses = {
  ...summaryResponse,
  409: json("The edit was made for another version than the current one.", {
    error: ref("Error"),
    document: ref("Document"),
  }),
};

/** An edit that was made for an older version gets the current document with the refusal. */
async function edited(
  documents: DocumentStore,
  id: string,
  edit: () => Promise<DocumentSummary>,
): Promise<Response> {
  try {
    return jsonReply(200, { document: await edit() });
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code !== "document.stale") throw thrown;
    return jsonReply(409, { error: toWireError(thrown), document: documents.get(id) });
  }
}

/** Operations on open documents. */
export function documentRoutes(documents: DocumentStore): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/documents",
      summary: "List the open documents.",
      responses: {
        200: json("The open documents.", { documents: listOf(ref("DocumentSummary")) }),
      },
      answer: async () => jsonReply(200, { documents: documents.list() }),
    }),
    defineRoute({
      method: "POST",
      path: "/api/documents",
      summary:
        "Open a graph file of the workspace, or a graph that has no file yet: by default an empty one.",
      body: {
        type: "object",
        not: { required: ["file", "graph"] },
        properties: {
          file: { type: "string", minLength: 1, maxLength: 1000, description: "A graph file." },
          graph: { type: "object", description: "A graph that has no file yet." },
          name: { type: "string", minLength: 1, maxLength: 200, description: "Its name." },
        },
      },
      responses: { 201: json("The document.", { document: ref("Document") }) },
      async answer({ body: { file, graph = emptyGraph, name = "Untitled" } }) {
        const document =
          file === undefined
            ? await documents.create(name, parseGraph(graph))
            : await documents.open(file);
        return jsonReply(201, { document });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/documents/{id}",
      summary: "Show an open document with its graph.",
      responses: { 200: json("The document.", { document: ref("Document") }) },
      answer: async ({ path: { id = "" } }) => jsonReply(200, { document: documents.get(id) }),
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/documents/{id}",
      summary: "Edit the graph with the patches of immer.",
      body: {
        type: "object",
        required: ["version", "patches"],
        properties: {
          version: { type: "integer", minimum: 0, description: "The version that is edited." },
          patches: {
            type: "array",
            maxItems: 100_000,
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
          label: {
            type: "string",
            minLength: 1,
            maxLength: 200,
            description: "Edits of one label in a row are one step to undo.",
          },
          editId: { type: "string", minLength: 1, maxLength: 200, description: "A name for it." },
        },
      },
      responses: editResponses,
      answer: ({ path: { id = "" }, body: { editId = randomUUID(), ...rest } }) =>
        edited(documents, id, () => documents.edit(id, { editId, ...rest })),
    }),
    ...(["undo", "redo"] as const).map((step) =>
      defineRoute({
        method: "POST",
        path: `/api/documents/{id}/${step}`,
        summary: step === "undo" ? "Undo the last step." : "Redo the step that was undone last.",
        body: {
          type: "object",
          required: ["version"],
          properties: {
            version: { type: "integer", minimum: 0, description: "The current version." },
          },
        },
        responses: editResponses,
        answer: ({ path: { id = "" }, body: { version } }) =>
          edited(documents, id, () => documents[step](id, { editId: randomUUID(), version })),
      }),
    ),
    defineRoute({
      method: "POST",
      path: "/api/documents/{id}/save",
      summary: "Write the graph into its file, or into another one from now on.",
      body: {
        type: "object",
        properties: {
          file: { type: "string", minLength: 1, maxLength: 1000, description: "Another file." },
          overwrite: {
            type: "boolean",
            description: "Replace a file that belongs to something else, or that somebody changed.",
          },
        },
      },
      responses: summaryResponse,
      async answer({ path: { id = "" }, body: { file, overwrite = false } }) {
        const named = file === undefined ? {} : { file };
        const document = await documents.save(id, { ...named, isOverwriting: overwrite });
        return jsonReply(200, { document });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/documents/{id}/rename",
      summary: "Rename the document, and its file if it has one.",
      body: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", minLength: 1, maxLength: 1000, description: "The new name." },
        },
      },
      responses: summaryResponse,
      answer: async ({ path: { id = "" }, body: { name } }) =>
        jsonReply(200, { document: await documents.rename(id, name) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/documents/{id}",
      summary: "Close the document; its file stays.",
      query: {
        type: "object",
        properties: {
          discard: { type: "boolean", description: "Close it although it has unsaved edits." },
        },
      },
      responses: { 200: json("It is closed.", {}) },
      async answer({ path: { id = "" }, query: { discard = false } }) {
        await documents.close(id, discard);
        return jsonReply(200, {});
      },
    }),
  ];
}
