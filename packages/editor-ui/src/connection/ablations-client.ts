import type { Schemas } from "@insightgraph/client";
import type { GraphDocument, Issue } from "@insightgraph/engine/graph";
import { api, callServer } from "./call-server.ts";

/** An ablation of the server, without its scores. */
export type AblationSummary = Schemas["AblationSummary"];
/** An ablation with the scores that it has so far. */
export type AblationTable = Schemas["AblationTable"];
/** A variant by a metric. */
export type AblationCellScore = Schemas["AblationCell"];
/** What variants gave for one item. */
export type AblationItem = Schemas["AblationItem"];
/** Two results for one item. */
export type AblationTrial = Schemas["AblationTrial"];
/** What people prefer. */
export type AblationPreferences = Schemas["AblationPreferences"];

const at = (id: string) => ({ params: { path: { id } } });

/** The ablations of the server, newest first. Throws: `ServerError`. */
export async function listAblations(): Promise<readonly AblationSummary[]> {
  return (await callServer(api.GET("/api/ablations"))).ablations;
}

/** What is to be scored. */
export interface AblationOrder {
  readonly name: string;
  readonly graph: GraphDocument;
  readonly source: string | undefined;
  readonly count: number;
  readonly isConfirmed: boolean;
  readonly retriesFailed: boolean;
}

/** Queues an ablation. @returns it, or what is wrong with its graph. Throws: `ServerError`. */
export async function startAblation({
  graph,
  source,
  ...order
}: AblationOrder): Promise<AblationSummary | { readonly issues: readonly Issue[] }> {
  const body = {
    ...order,
    graph: graph as unknown as Schemas["Graph"],
    ...(source === undefined ? {} : { source }),
  };
  const call = await api.POST("/api/ablations", { body });
  const { error } = call;
  if (error !== undefined && "issues" in error) return error as { issues: readonly Issue[] };
  return (await callServer(Promise.resolve(call))).ablation;
}

/** The scores so far. Throws: `ServerError`. */
export async function readTable(id: string): Promise<AblationTable> {
  return (await callServer(api.GET("/api/ablations/{id}", at(id)))).table;
}

/** Which items to show. */
export interface ItemQuery {
  readonly metric: string;
  readonly variant: string;
  readonly against?: string;
}

/** Items with scores and pictures, the largest differences first. Throws: `ServerError`. */
export async function readItems(id: string, query: ItemQuery): Promise<readonly AblationItem[]> {
  const params = { path: { id }, query };
  return (await callServer(api.GET("/api/ablations/{id}/items", { params }))).items;
}

/** Compares with another cell from now on. Throws: `ServerError`. */
export async function pinCell(id: string, baseline: string): Promise<void> {
  await callServer(api.PATCH("/api/ablations/{id}", { ...at(id), body: { baseline } }));
}

/** Ends an ablation; what it has stays. Throws: `ServerError`. */
export async function cancelAblation(id: string): Promise<void> {
  await callServer(api.POST("/api/ablations/{id}/cancel", at(id)));
}

/** Forgets an ablation with its files. Throws: `ServerError`. */
export async function removeAblation(id: string): Promise<void> {
  await callServer(api.DELETE("/api/ablations/{id}", at(id)));
}

/** The next pairs for a judge. Throws: `ServerError`. */
export async function readTrials(
  id: string,
  judge: string,
  picture: string,
): Promise<readonly AblationTrial[]> {
  const params = { path: { id }, query: { judge, picture } };
  return (await callServer(api.GET("/api/ablations/{id}/trials", { params }))).trials;
}

/** Says which of a pair is better. Throws: `ServerError`. */
export async function sendVote(
  id: string,
  body: {
    readonly judge: string;
    readonly trial: string;
    readonly choice: "left" | "right" | "tie";
  },
): Promise<void> {
  await callServer(api.POST("/api/ablations/{id}/votes", { ...at(id), body }));
}

/** What people prefer so far. Throws: `ServerError`. */
export async function readPreferences(id: string): Promise<AblationPreferences> {
  return (await callServer(api.GET("/api/ablations/{id}/preferences", at(id)))).preferences;
}

/** Where a picture of an ablation is. */
export function pictureUrl(id: string, path: string): string {
  return `/api/ablations/${encodeURIComponent(id)}/pictures?path=${encodeURIComponent(path)}`;
}

/** Where the scores are in one of their forms. */
export function tableUrl(id: string, file: string): string {
  return `/api/ablations/${encodeURIComponent(id)}/files/${file}`;
}
