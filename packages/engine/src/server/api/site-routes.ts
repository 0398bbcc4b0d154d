import { listPaths } from "../list-paths.ts";
import { jsonReply } from "../replies.ts";
import { servePicture } from "../serve-picture.ts";
import type { SiteOptions } from "../site-options.ts";
import { receiveUpload } from "../uploads.ts";
import { ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** Operations on what graphs are made of: node types, pictures, folders. */
export function siteRoutes(options: SiteOptions): readonly Route[] {
  const { host } = options;
  return [
    defineRoute({
      method: "GET",
      path: "/api/catalogue",
      summary: "The node types that graphs may use, by their ids.",
      responses: {
        200: json("The node types.", {
          catalogue: { type: "object", additionalProperties: ref("NodeType") },
        }),
      },
      answer: async () => jsonReply(200, { catalogue: (await host.facts()).catalogue }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/paths",
      summary: "List a folder in which runs may read.",
      query: {
        type: "object",
        properties: {
          folder: {
            type: "string",
            maxLength: 4000,
            description: "As a param names it. Omitted: the workspace folder.",
          },
        },
      },
      responses: { 200: json("The folder.", { folder: ref("Folder") }) },
      answer: async ({ query: { folder = "" } }) =>
        jsonReply(200, { folder: await listPaths(folder, options) }),
    }),
    defineRoute({
      method: "POST",
      path: "/api/uploads",
      summary: "Store a picture of at most 64 MB; the header `x-file-name` names it.",
      rawBody: "image/*",
      responses: { 200: json("A path that a param can name.", { path: { type: "string" } }) },
      answer: ({ request }) => receiveUpload(request, options),
    }),
    defineRoute({
      method: "GET",
      path: "/api/files",
      summary: "Show an uploaded picture, or one of the workspace.",
      query: {
        type: "object",
        required: ["path"],
        properties: {
          path: { type: "string", maxLength: 4000, description: "As a param names it." },
        },
      },
      responses: { 200: { description: "The picture.", mediaType: "image/*" } },
      answer: ({ query: { path } }) => servePicture(path, options),
    }),
  ];
}
