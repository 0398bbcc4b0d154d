import type { Schemas } from "@insightgraph/client";
import { api, callServer } from "./call-server.ts";

/** What the server's database knows of workers and of the runs that give them tasks. */
export interface ClusterState {
  readonly isConnected: boolean;
  readonly workers: readonly Schemas["Worker"][];
  readonly runs: readonly Schemas["ClusterRun"][];
}

const at = (id: string) => ({ params: { path: { id } } });

/** Throws: `ServerError`, as all do here. */
export function readCluster(): Promise<ClusterState> {
  return callServer(api.GET("/api/cluster"));
}

/** A run's tasks, pace, failures and dead items. */
export async function readClusterRun(id: string): Promise<Schemas["ClusterRunDetails"]> {
  return (await callServer(api.GET("/api/cluster/runs/{id}", at(id)))).details;
}

/** Pauses a run, lets it go on, or changes its priority. */
export async function changeClusterRun(
  id: string,
  body: { readonly isPaused?: boolean; readonly priority?: number },
): Promise<void> {
  await callServer(api.PATCH("/api/cluster/runs/{id}", { ...at(id), body }));
}

/** Ends a run where it was started; what is done is kept. */
export async function cancelClusterRun(id: string): Promise<void> {
  await callServer(api.POST("/api/cluster/runs/{id}/cancel", at(id)));
}

/** Gives a dead item to workers once more. */
export async function retryDead(id: string, dead: string): Promise<void> {
  const params = { path: { id, dead } };
  await callServer(api.POST("/api/cluster/runs/{id}/dead/{dead}/retry", { params }));
}
