import type { GraphDocument } from "../../graph/document.ts";
import { parseGraph } from "../../graph/parse-graph.ts";
import type { Ablations } from "../ablations.ts";
import { fileReply, jsonReply, notFound } from "../replies.ts";
import { contentHeaders } from "../security-headers.ts";
import { fields, listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

const name = { type: "string", minLength: 1, maxLength: 1000 } as const;
const judge = { type: "string", minLength: 1, maxLength: 100 } as const;
const done = { 200: json("It is done.", {}) };

/** Which of an ablation's scores and pictures to show. */
function resultRoutes(ablations: () => Promise<Ablations>): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/ablations/{id}",
      summary: "Show the scores that an ablation has so far, with intervals and paired tests.",
      query: {
        type: "object",
        properties: {
          baseline: { ...name, description: "Default: the cell that was pinned, or the graph's." },
        },
      },
      responses: { 200: json("The table.", { table: ref("AblationTable") }) },
      answer: async ({ path: { id = "" }, query: { baseline } }) =>
        jsonReply(200, { table: await (await ablations()).table(id, baseline) }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/ablations/{id}/items",
      summary: "List items with their scores and pictures, the largest differences first.",
      query: {
        type: "object",
        required: ["metric", "variant"],
        properties: {
          metric: name,
          variant: name,
          against: { ...name, description: "The variant to differ from." },
          limit: { type: "integer", minimum: 1, maximum: 1000, description: "24 by default." },
        },
      },
      responses: { 200: json("The items.", { items: listOf(ref("AblationItem")) }) },
      answer: async ({ path: { id = "" }, query }) =>
        jsonReply(200, { items: await (await ablations()).items(id, query) }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/ablations/{id}/files/{name}",
      summary: "Download the scores, such as `table.md`, `table.tex`, `items.csv` or `index.html`.",
      responses: { 200: { description: "The file.", mediaType: "application/octet-stream" } },
      async answer({ path: { id = "", name: file = "" } }) {
        const { mime, bytes } = await (await ablations()).file(id, file);
        const saved = `attachment; filename*=UTF-8''${encodeURIComponent(`${id} ${file}`)}`;
        const headers = { "content-type": mime, "content-disposition": saved };
        return fileReply(bytes, { ...contentHeaders, ...headers });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/ablations/{id}/pictures",
      summary: "Show a picture that a cell made.",
      query: {
        type: "object",
        required: ["path"],
        properties: { path: { type: "string", maxLength: 4000, description: "As items name it." } },
      },
      responses: { 200: { description: "The picture.", mediaType: "image/png" } },
      async answer({ path: { id = "" }, query: { path } }) {
        const bytes = await (await ablations()).picture(id, path);
        if (bytes === undefined) return notFound(path);
        const headers = { "content-type": "image/png", "cache-control": "no-cache" };
        return fileReply(bytes, { ...contentHeaders, ...headers });
      },
    }),
  ];
}

/** Votes of people on an ablation's pictures. */
function preferenceRoutes(ablations: () => Promise<Ablations>): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/ablations/{id}/trials",
      summary: "The next pairs of pictures on which a judge has not voted.",
      query: {
        type: "object",
        required: ["judge", "picture"],
        properties: {
          judge,
          picture: { ...name, description: "The named output to vote on." },
        },
      },
      responses: { 200: json("The pairs.", { trials: listOf(ref("AblationTrial")) }) },
      answer: async ({ path: { id = "" }, query }) =>
        jsonReply(200, {
          trials: await (await ablations()).trials(id, query.judge, query.picture),
        }),
    }),
    defineRoute({
      method: "POST",
      path: "/api/ablations/{id}/votes",
      summary: "Say which picture of a pair is better.",
      body: {
        type: "object",
        required: ["judge", "trial", "choice"],
        properties: { judge, trial: name, choice: { enum: ["left", "right", "tie"] } },
      },
      responses: done,
      async answer({ path: { id = "" }, body }) {
        await (await ablations()).vote(id, body.judge, body.trial, body.choice);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/ablations/{id}/preferences",
      summary: "Bradley-Terry scores of the votes, and how far judges agree.",
      responses: { 200: json("The scores.", { preferences: ref("AblationPreferences") }) },
      answer: async ({ path: { id = "" } }) =>
        jsonReply(200, { preferences: await (await ablations()).preferences(id) }),
    }),
  ];
}

/**
 * Operations on ablations: variants of a graph, scored on the same items.
 * @param resolve Reads the graph files that a graph refers to.
 */
export function ablationRoutes(
  ablations: () => Promise<Ablations>,
  resolve: (graph: GraphDocument) => Promise<GraphDocument>,
): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/ablations",
      summary: "List the ablations, newest first.",
      responses: { 200: json("The ablations.", { ablations: listOf(ref("AblationSummary")) }) },
      answer: async () => jsonReply(200, { ablations: await (await ablations()).list() }),
    }),
    defineRoute({
      method: "POST",
      path: "/api/ablations",
      summary:
        "Score the variants of a graph. Once this is answered, it survives the death of the server.",
      body: {
        type: "object",
        required: ["name", "graph"],
        properties: {
          name: { ...name, description: "One of the same name goes on where its results hold." },
          graph: { type: "object", description: "A graph with an `ablation`." },
          source: { ...name, description: "A data set. Default: the held-out scenes." },
          count: { type: "integer", minimum: 1, description: "Most items, 100 by default." },
          isConfirmed: { type: "boolean", description: "Begins more than 10,000 runs." },
          retriesFailed: { type: "boolean", description: "Runs what failed again." },
        },
      },
      responses: {
        201: json("It is queued.", { ablation: ref("AblationSummary") }),
        422: {
          description: "The graph or its variants have issues, or the runs are very many.",
          schema: {
            oneOf: [fields({ issues: listOf(ref("Error")) }), fields({ error: ref("Error") })],
          },
        },
      },
      async answer({ body: { graph, ...request } }) {
        const whole = await resolve(parseGraph(graph));
        const started = await (await ablations()).start({ ...request, graph: whole });
        if ("issues" in started) return jsonReply(422, started);
        return jsonReply(201, { ablation: started });
      },
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/ablations/{id}",
      summary: "Compare with another cell from now on.",
      body: { type: "object", required: ["baseline"], properties: { baseline: name } },
      responses: done,
      async answer({ path: { id = "" }, body: { baseline } }) {
        await (await ablations()).pin(id, baseline);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/ablations/{id}",
      summary: "Forget an ablation that is over, with its pictures and scores.",
      responses: done,
      async answer({ path: { id = "" } }) {
        await (await ablations()).remove(id);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/ablations/{id}/cancel",
      summary: "End an ablation that is queued or running; what it has stays.",
      responses: done,
      async answer({ path: { id = "" } }) {
        await (await ablations()).cancel(id);
        return jsonReply(200, {});
      },
    }),
    ...resultRoutes(ablations),
    ...preferenceRoutes(ablations),
  ];
}
