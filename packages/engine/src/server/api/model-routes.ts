import { jsonReply } from "../replies.ts";
import type { SiteOptions } from "../site-options.ts";
import { listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** Operations on checkpoints: those that are installed, those that can be, and adding them. */
export function modelRoutes({ listModels, knownModels, additions }: SiteOptions): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/models",
      summary: "The checkpoints that are installed.",
      responses: { 200: json("The checkpoints.", { models: listOf(ref("Model")) }) },
      answer: async () => jsonReply(200, { models: await listModels() }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/models/known",
      summary: "Checkpoints that nodes can open and that can be added.",
      responses: { 200: json("The checkpoints.", { models: listOf(ref("KnownModel")) }) },
      answer: async () => jsonReply(200, { models: knownModels }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/models/additions",
      summary: "Checkpoints that are being added, or were since the server started, newest first.",
      responses: { 200: json("The additions.", { additions: listOf(ref("ModelAddition")) }) },
      answer: async () => jsonReply(200, { additions: additions.list() }),
    }),
    defineRoute({
      method: "POST",
      path: "/api/models/additions",
      summary: "Add a checkpoint: download it from the hub, or link a folder in reach.",
      body: {
        type: "object",
        required: ["source"],
        properties: {
          source: {
            type: "string",
            maxLength: 4000,
            description: "`hf:OWNER/NAME`, `hf:OWNER/NAME@REVISION` or `dir:PATH`.",
          },
          name: { type: "string", minLength: 1, maxLength: 200, description: "Another name." },
          only: {
            type: "array",
            items: { type: "string" },
            description: "Only these parts, such as `unet`.",
          },
        },
      },
      responses: { 202: json("It has begun.", { addition: ref("ModelAddition") }) },
      answer: async ({ body }) => jsonReply(202, { addition: additions.add(body) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/models/additions/{id}",
      summary: "Stop adding a checkpoint; what was downloaded stays, to go on from.",
      responses: { 200: json("It stops.", {}) },
      async answer({ path: { id = "" } }) {
        additions.cancel(id);
        return jsonReply(200, {});
      },
    }),
  ];
}
