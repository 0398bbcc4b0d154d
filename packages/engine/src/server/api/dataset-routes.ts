import type { DatasetLibrary, RecordQuery } from "../dataset-library.ts";
import { fileReply, jsonReply } from "../replies.ts";
import { contentHeaders } from "../security-headers.ts";
import { listOf, ref } from "./components.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** The library, which is loaded when it is first asked for. */
type OpenLibrary = () => Promise<DatasetLibrary>;

const path = {
  type: "string",
  minLength: 1,
  maxLength: 4000,
  description: "A data set: a folder or a file, from the workspace or absolute.",
} as const;
const key = { type: "string", maxLength: 4000, description: "The key of a record." } as const;
const name = { type: "string", maxLength: 4000 } as const;

/** The fields of a query that choose records. */
const choosing = {
  status: { type: "array", items: { enum: ["kept", "rejected", "failed"] } },
  decision: { type: "array", items: { enum: ["accepted", "rejected", "undecided"] } },
  stage: { ...name, description: "The node at which they were rejected or failed." },
  operation: { ...name, description: "The kind of edit." },
  reason: { ...name, description: "Why they were rejected or failed." },
  text: { ...name, description: "Words that must all be in the key or in a text." },
  score: { ...name, description: "The number that `min`, `max` and the sort are about." },
  min: { type: "number" },
  max: { type: "number" },
  duplicates: { type: "boolean", description: "Only those with near-duplicates, by group." },
  sort: { enum: ["place", "key", "score"] },
  descending: { type: "boolean" },
} as const;

const onPath = { type: "object", required: ["path"], properties: { path } } as const;
const onRecord = { type: "object", required: ["path", "key"], properties: { path, key } } as const;
const factsResponse = { 200: json("The data set.", { dataset: ref("Dataset") }) };

/** Changes a data set and answers with what it is then. */
async function changed(
  open: OpenLibrary,
  place: string,
  change: (datasets: DatasetLibrary) => Promise<void>,
): Promise<Response> {
  const datasets = await open();
  await change(datasets);
  return jsonReply(200, { dataset: await datasets.facts(place) });
}

/** Operations that look at records. */
function readingRoutes(open: OpenLibrary): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/datasets",
      summary: "List the data sets that runs wrote in the workspace.",
      responses: { 200: json("The data sets.", { datasets: listOf(ref("ListedDataset")) }) },
      answer: async () => jsonReply(200, { datasets: await (await open()).list() }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/datasets/facts",
      summary: "What a data set holds: columns, counts, how scores spread. Opens it.",
      query: onPath,
      responses: factsResponse,
      answer: async ({ query }) =>
        jsonReply(200, { dataset: await (await open()).facts(query.path) }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/datasets/records",
      summary: "List records of a data set, those that its graph rejected as well.",
      query: {
        type: "object",
        required: ["path"],
        properties: {
          path,
          ...choosing,
          offset: { type: "integer", minimum: 0 },
          limit: { type: "integer", minimum: 0, maximum: 1000, description: "60 by default." },
        },
      },
      responses: {
        200: json("A page of them, and how many there are.", {
          total: { type: "integer" },
          records: listOf(ref("DatasetRecord")),
        }),
      },
      async answer({ query: { path: place, offset = 0, limit = 60, ...query } }) {
        const page = { offset, limit };
        return jsonReply(200, await (await open()).records(place, query as RecordQuery, page));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/datasets/record",
      summary: "Show a record with all its fields; pictures are named.",
      query: onRecord,
      responses: { 200: json("The record.", { record: ref("DatasetRecordDetails") }) },
      answer: async ({ query }) =>
        jsonReply(200, { record: await (await open()).record(query.path, query.key) }),
    }),
    defineRoute({
      method: "GET",
      path: "/api/datasets/picture",
      summary: "A picture of a record, whole or as a smaller one.",
      query: {
        type: "object",
        required: ["path", "key", "field"],
        properties: {
          path,
          key,
          field: { ...name, description: "The picture's field." },
          side: {
            type: "integer",
            minimum: 16,
            maximum: 4096,
            description: "Most pixels of the longer side.",
          },
        },
      },
      responses: { 200: { description: "The picture.", mediaType: "image/*" } },
      async answer({ query: { path: place, ...rest } }) {
        const { bytes, mime } = await (await open()).picture(place, rest);
        const caching = { "cache-control": "private, max-age=60" };
        return fileReply(bytes, { ...contentHeaders, ...caching, "content-type": mime });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/datasets/next-undecided",
      summary: "Where, among the records that a query finds, the next undecided one is.",
      query: {
        type: "object",
        required: ["path"],
        properties: {
          path,
          ...choosing,
          after: { type: "integer", minimum: -1, description: "-1, the default: from the first." },
        },
      },
      responses: {
        200: json("Its place; null where there is none, before the one asked about neither.", {
          place: { type: ["integer", "null"] },
        }),
      },
      async answer({ query: { path: place, after = -1, ...query } }) {
        const found = await (await open()).nextUndecided(place, query as RecordQuery, after);
        return jsonReply(200, { place: found ?? null });
      },
    }),
  ];
}

/** Operations on data sets: looking at records, and deciding about them by hand. */
export function datasetRoutes(open: OpenLibrary): readonly Route[] {
  return [
    ...readingRoutes(open),
    defineRoute({
      method: "POST",
      path: "/api/datasets/decisions",
      summary: "Accept or reject records by hand, or leave them undecided again.",
      body: {
        type: "object",
        required: ["path", "keys", "decision"],
        properties: {
          path,
          keys: { type: "array", maxItems: 10_000, items: key },
          decision: { enum: ["accepted", "rejected", null] },
        },
      },
      responses: factsResponse,
      answer: async ({ body: { path: place, keys, decision } }) =>
        changed(open, place, (datasets) => datasets.decide(place, keys, decision)),
    }),
    defineRoute({
      method: "POST",
      path: "/api/datasets/undo",
      summary: "Take the last decision back.",
      body: onPath,
      responses: factsResponse,
      answer: async ({ body }) => changed(open, body.path, (datasets) => datasets.undo(body.path)),
    }),
    defineRoute({
      method: "POST",
      path: "/api/datasets/duplicates",
      summary: "Start to look for near-duplicates by perceptual hashes of the pictures.",
      body: {
        type: "object",
        required: ["path"],
        properties: {
          path,
          distance: {
            type: "integer",
            minimum: 0,
            maximum: 8,
            description: "Most bits of 64 that differ; 6 by default.",
          },
        },
      },
      responses: factsResponse,
      answer: async ({ body: { path: place, distance = 6 } }) =>
        changed(open, place, (datasets) => datasets.findDuplicates(place, distance)),
    }),
    defineRoute({
      method: "POST",
      path: "/api/datasets/keep-one",
      summary:
        "Keep one record of a group of near-duplicates, or of every group; reject the others.",
      body: { type: "object", required: ["path"], properties: { path, key } },
      responses: factsResponse,
      answer: async ({ body }) =>
        changed(open, body.path, (datasets) => datasets.keepOne(body.path, body.key)),
    }),
  ];
}
