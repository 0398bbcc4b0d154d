import type { Schemas } from "@insightgraph/client";
import { api, callServer } from "./call-server.ts";

/** What the server says of a data set. */
export type Dataset = Schemas["Dataset"];
/** A record in a list. */
export type DatasetRecord = Schemas["DatasetRecord"];
/** A record with its fields. */
export type RecordDetails = Schemas["DatasetRecordDetails"];
/** A data set that a run wrote in the workspace. */
export type ListedDataset = Schemas["ListedDataset"];
/** What a person decides about a record; null: nothing any more. */
export type Decision = "accepted" | "rejected" | null;

/** Which records, in which order. */
export interface RecordQuery {
  readonly status?: DatasetRecord["status"];
  readonly decision?: "accepted" | "rejected" | "undecided";
  readonly stage?: string;
  readonly operation?: string;
  readonly reason?: string;
  readonly text?: string;
  readonly score?: string;
  readonly min?: number;
  readonly max?: number;
  readonly duplicates?: boolean;
  readonly sort?: "place" | "key" | "score";
  readonly descending?: boolean;
}

function toQuery(path: string, { status, decision, ...rest }: RecordQuery) {
  return {
    ...{ path, ...rest },
    ...(status === undefined ? {} : { status: [status] }),
    ...(decision === undefined ? {} : { decision: [decision] }),
  };
}

/** The data sets of the workspace. Throws: `ServerError`, as all below. */
export async function listDatasets(): Promise<readonly ListedDataset[]> {
  return (await callServer(api.GET("/api/datasets"))).datasets;
}

/** What a data set holds; the server opens it. */
export async function readDataset(path: string): Promise<Dataset> {
  const params = { query: { path } };
  return (await callServer(api.GET("/api/datasets/facts", { params }))).dataset;
}

/** A page of the records that a query finds. */
export async function listRecords(
  path: string,
  query: RecordQuery,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly records: readonly DatasetRecord[] }> {
  const params = { query: { ...toQuery(path, query), ...page } };
  return callServer(api.GET("/api/datasets/records", { params }));
}

/** A record with its fields. */
export async function readRecord(path: string, key: string): Promise<RecordDetails> {
  const params = { query: { path, key } };
  return (await callServer(api.GET("/api/datasets/record", { params }))).record;
}

/** Where, after a place, the next undecided record is; undefined where there is none. */
export async function findUndecided(
  path: string,
  query: RecordQuery,
  after: number,
): Promise<number | undefined> {
  const params = { query: { ...toQuery(path, query), after } };
  const { place } = await callServer(api.GET("/api/datasets/next-undecided", { params }));
  return place ?? undefined;
}

/** Decides about records. */
export async function decide(
  path: string,
  keys: readonly string[],
  decision: Decision,
): Promise<Dataset> {
  const body = { path, keys: [...keys], decision };
  return (await callServer(api.POST("/api/datasets/decisions", { body }))).dataset;
}

/** Takes the last decision back. */
export async function undoDecision(path: string): Promise<Dataset> {
  return (await callServer(api.POST("/api/datasets/undo", { body: { path } }))).dataset;
}

/** Starts to look for near-duplicates. */
export async function findDuplicates(path: string, distance: number): Promise<Dataset> {
  const body = { path, distance };
  return (await callServer(api.POST("/api/datasets/duplicates", { body }))).dataset;
}

/** Rejects the near-duplicates of a record; without a key, all but the first of each group. */
export async function keepOne(path: string, key?: string): Promise<Dataset> {
  const body = key === undefined ? { path } : { path, key };
  return (await callServer(api.POST("/api/datasets/keep-one", { body }))).dataset;
}

/** Address of a picture of a record. @param side Most pixels of its longer side; omitted: as it is. */
export function pictureUrl(path: string, key: string, field: string, side?: number): string {
  const query = new URLSearchParams({ path, key, field });
  if (side !== undefined) query.set("side", String(side));
  return `/api/datasets/picture?${query}`;
}
