import type { DocumentStore } from "../../documents/document-store.ts";
import { parseGraph } from "../../graph/parse-graph.ts";
import { fetchGraph } from "../fetch-graph.ts";
import { jsonReply } from "../replies.ts";
import { listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** Operations on the graph files of the workspace; a slash in a file's name is written `%2F`. */
export function graphRoutes(documents: DocumentStore): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/graphs",
      summary: "List the graph files of the workspace.",
      responses: { 200: json("The files.", { graphs: listOf(ref("GraphFile")) }) },
      answer: async () => jsonReply(200, { graphs: await documents.files() }),
    }),
    defineRoute({
      method: "POST",
      path: "/api/fetched-graphs",
      summary:
        "Fetch a graph, or a PNG that carries one, from a public https address; nothing runs.",
      body: {
        type: "object",
        required: ["address"],
        properties: { address: { type: "string", minLength: 1, maxLength: 2000 } },
      },
      responses: { 200: json("The graph.", { graph: ref("Graph") }) },
      answer: async ({ body: { address } }) => jsonReply(200, { graph: await fetchGraph(address) }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/graphs/{file}/reference",
      summary:
        "Show a graph whose one subgraph is read from the file, as a node that other graphs use.",
      query: {
        type: "object",
        required: ["name"],
        properties: {
          name: {
            type: "string",
            minLength: 1,
            maxLength: 200,
            description: "The subgraph's name.",
          },
        },
      },
      responses: { 200: json("The graph.", { graph: ref("Graph") }) },
      answer: async ({ path: { file = "" }, query: { name } }) =>
        jsonReply(200, { graph: await documents.reference(name, file) }),
    }),
    defineRoute({
      method: "PUT",
      path: "/api/nodes/{name}",
      summary:
        "Write a graph into `nodes/NAME.json`, to be used as a node; earlier versions are kept.",
      body: {
        type: "object",
        required: ["graph"],
        properties: {
          graph: { type: "object", description: "A graph with named outputs." },
          overwrite: { type: "boolean", description: "Replace a file of that name." },
        },
      },
      responses: { 200: json("Its file.", { file: { type: "string" } }) },
      answer: async ({ path: { name = "" }, body: { graph, overwrite = false } }) =>
        jsonReply(200, { file: await documents.saveNode(name, parseGraph(graph), overwrite) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/graphs/{file}",
      summary: "Delete a graph file that is not open; its versions stay.",
      responses: { 200: json("It is deleted.", {}) },
      async answer({ path: { file = "" } }) {
        await documents.removeFile(file);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/graphs/{file}/versions",
      summary: "List what a graph file held after earlier saves, newest first.",
      responses: { 200: json("The versions.", { versions: listOf(ref("FileVersion")) }) },
      answer: async ({ path: { file = "" } }) =>
        jsonReply(200, { versions: await documents.versions(file) }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/graphs/{file}/versions/{version}",
      summary: "Show the graph of an earlier version.",
      responses: { 200: json("The graph.", { graph: ref("Graph") }) },
      answer: async ({ path: { file = "", version = "" } }) =>
        jsonReply(200, { graph: await documents.readVersion(file, version) }),
    }),
  ];
}
