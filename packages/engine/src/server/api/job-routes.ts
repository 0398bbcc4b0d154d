import { randomUUID } from "node:crypto";
import { parseGraph } from "../../graph/parse-graph.ts";
import type { JobQueue } from "../../jobs/job-queue.ts";
import { waitForEvents } from "../../jobs/wait-for-events.ts";
import { fileReply, jsonReply, jsonTextReply } from "../replies.ts";
import { contentHeaders } from "../security-headers.ts";
import { listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** The schema of a priority. */
export const priority = {
  type: "integer",
  minimum: -1000,
  maximum: 1000,
  description: "Queued jobs of a higher one run first. Default: 0.",
} as const;
const documentId = {
  type: "string",
  minLength: 1,
  maxLength: 200,
  description:
    "The document whose pages show the results on its nodes; no page lists a job of one that is not open.",
} as const;
const jobResponse = { 200: json("The job.", { job: ref("JobSummary") }) };
const submitResponses = {
  201: json("The job is queued.", { job: ref("JobSummary") }),
  422: {
    description: "The graph has issues, or is none.",
    schema: {
      oneOf: [
        { type: "object", required: ["issues"], properties: { issues: listOf(ref("Error")) } },
        { type: "object", required: ["error"], properties: { error: ref("Error") } },
      ],
    },
  },
};

type Submitted = Awaited<ReturnType<JobQueue["submit"]>>;

function submittedReply(submitted: Submitted): Response {
  return "issues" in submitted ? jsonReply(422, submitted) : jsonReply(201, { job: submitted });
}

/** Operations on one job, below its address. */
function oneJobRoutes(queue: JobQueue): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/jobs/{id}",
      summary: "Show a job with its graph and the latest events of each node.",
      responses: { 200: json("The job.", { job: ref("Job") }) },
      answer: async ({ path: { id = "" } }) => jsonReply(200, { job: await queue.get(id) }),
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/jobs/{id}",
      summary: "Name, tag or keep a job, or change its priority; what is left out stays.",
      body: {
        type: "object",
        properties: {
          name: { type: "string", maxLength: 200, description: "An empty one removes it." },
          documentId,
          tags: {
            type: "array",
            maxItems: 50,
            items: { type: "string", minLength: 1, maxLength: 100 },
          },
          isKept: { type: "boolean", description: "Retention leaves a kept job alone." },
          priority,
        },
      },
      responses: jobResponse,
      answer: async ({ path: { id = "" }, body }) =>
        jsonReply(200, { job: await queue.mark(id, body) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/api/jobs/{id}",
      summary: "Forget a job that is over; its files stay.",
      responses: { 200: json("It is forgotten.", {}) },
      async answer({ path: { id = "" } }) {
        await queue.remove(id);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/jobs/{id}/events",
      summary: "What happened in a job after an event; waits for something to happen.",
      query: {
        type: "object",
        properties: {
          after: { type: "integer", minimum: 0, description: "The last event that you saw." },
          wait: { type: "integer", minimum: 0, maximum: 30, description: "Seconds, 0 by default." },
        },
      },
      responses: {
        200: json("The latest event of each type of each node, in order.", {
          state: { $ref: "#/components/schemas/JobSummary/properties/state" },
          events: listOf(ref("Event")),
        }),
      },
      answer: async ({ path: { id = "" }, query: { after = 0, wait = 0 } }) =>
        jsonReply(200, await waitForEvents(queue, id, after, wait * 1000)),
    }),
    defineRoute({
      method: "GET",
      path: "/api/jobs/{id}/thumbnail",
      summary: "A small picture of what a job made.",
      responses: { 200: { description: "The picture.", mediaType: "image/webp" } },
      async answer({ path: { id = "" } }) {
        const { mime, bytes } = await queue.thumbnail(id);
        const caching = { "cache-control": "private, max-age=86400" };
        return fileReply(bytes, { ...contentHeaders, ...caching, "content-type": mime });
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/jobs/{id}/cancel",
      summary: "End a job that is queued or running; another one is left as it is.",
      responses: { 200: json("It is ending, or over.", {}) },
      async answer({ path: { id = "" } }) {
        await queue.get(id);
        await queue.cancel(id);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/jobs/{id}/retry",
      summary: "Queue the graph of a job that is over once more, as a new job.",
      responses: submitResponses,
      answer: async ({ path: { id = "" } }) => submittedReply(await queue.retry(id)),
    }),
    defineRoute({
      method: "POST",
      path: "/api/jobs/{id}/move",
      summary: "Move a queued job right before another queued one, or to the end.",
      body: {
        type: "object",
        properties: {
          before: { type: "string", minLength: 1, maxLength: 200, description: "A job's id." },
        },
      },
      responses: { 200: json("It is moved.", {}) },
      async answer({ path: { id = "" }, body: { before } }) {
        await queue.move(id, before);
        return jsonReply(200, {});
      },
    }),
  ];
}

/** Operations on the queue as a whole. */
function queueRoutes(queue: JobQueue): readonly Route[] {
  const states = { $ref: "#/components/schemas/JobSummary/properties/state" };
  const responses = {
    200: json("The queue.", {
      isPaused: { type: "boolean" },
      counts: {
        type: "object",
        propertyNames: states,
        additionalProperties: { type: "integer" },
        description: "How many jobs there are of each state.",
      },
    }),
  };
  const reply = async (): Promise<Response> =>
    jsonReply(200, { isPaused: queue.isPaused(), counts: await queue.counts() });
  return [
    defineRoute({
      method: "GET",
      path: "/api/queue",
      summary: "Whether the queue is paused, and how many jobs there are.",
      responses,
      answer: reply,
    }),
    ...(["pause", "resume"] as const).map((action) =>
      defineRoute({
        method: "POST",
        path: `/api/queue/${action}`,
        summary:
          action === "pause"
            ? "Start nothing more; what runs goes on. The queue stays paused over a restart."
            : "Start queued jobs again.",
        responses,
        async answer() {
          await queue.pause(action === "pause");
          return reply();
        },
      }),
    ),
  ];
}

/** Operations on jobs. */
export function jobRoutes(queue: JobQueue): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/jobs",
      summary: "List jobs, newest first or in the order of the queue.",
      query: {
        type: "object",
        properties: {
          state: {
            type: "array",
            items: { enum: ["queued", "running", "done", "failed", "cancelled", "interrupted"] },
            description: "Only jobs in these states.",
          },
          tag: { type: "string", minLength: 1, maxLength: 100, description: "Only with this tag." },
          order: { enum: ["newest", "queue"] },
          after: {
            type: "string",
            minLength: 1,
            maxLength: 200,
            description: "The last job of the page before.",
          },
          limit: { type: "integer", minimum: 0, maximum: 10_000, description: "100 by default." },
        },
      },
      responses: { 200: json("The jobs.", { jobs: listOf(ref("JobSummary")) }) },
      async answer({ query: { state: states, limit = 100, ...rest } }) {
        const chosen = states === undefined ? {} : { states };
        return jsonTextReply(
          200,
          `{"jobs":${await queue.listAsJson({ ...chosen, ...rest, limit })}}`,
        );
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/jobs",
      summary: "Queue a graph. Once this is answered, the job survives the death of the server.",
      body: {
        type: "object",
        required: ["graph"],
        properties: {
          graph: { type: "object", description: "The graph." },
          outputs: {
            type: "array",
            items: { type: "string" },
            description: "Ids of the wanted nodes. Default: output nodes and the graph's outputs.",
          },
          requestId: {
            type: "string",
            minLength: 1,
            maxLength: 200,
            description: "Your name for the request: sending it again gives the same job.",
          },
          client: {
            type: "string",
            minLength: 1,
            maxLength: 200,
            description: 'Who you are; clients take turns. Default: "api".',
          },
          documentId,
          priority,
          device: {
            type: "string",
            minLength: 1,
            maxLength: 100,
            description: "The only device that it may run on, such as cuda:1. Default: any.",
          },
          tags: {
            type: "array",
            maxItems: 50,
            items: { type: "string", minLength: 1, maxLength: 100 },
          },
        },
      },
      responses: submitResponses,
      answer: async ({ body: { graph, client = "api", requestId = randomUUID(), ...rest } }) =>
        submittedReply(
          await queue.submit({ graph: parseGraph(graph), client, requestId, ...rest }),
        ),
    }),
    ...oneJobRoutes(queue),
    ...queueRoutes(queue),
  ];
}
