import { EngineError } from "../../errors.ts";
import type { Cluster } from "../../tasks/cluster.ts";
import { jsonReply } from "../replies.ts";
import { listOf, ref } from "./components.ts";
import { priority } from "./job-routes.ts";
import { defineRoute, json, type Route } from "./route.ts";

/** Opens what shows and steers workers; a server without a database has none. */
export type OpenCluster = (() => Promise<Cluster>) | undefined;

function unknown(what: string): EngineError {
  return new EngineError("jobs.unknown", `there is no ${what}`, {
    hint: "It may have ended: list the runs to see those that there are.",
  });
}

/** Every id is a UUID, and nothing else reaches the database. */
function checkId(what: string, id: string): void {
  if (!/^[\da-f-]{36}$/.test(id)) throw unknown(what);
}

/** Throws: `jobs.unknown`. */
async function clusterOf(open: OpenCluster, id: string): Promise<Cluster> {
  checkId(`run "${id}"`, id);
  if (open === undefined) throw unknown(`run "${id}"`);
  return open();
}

/** Operations on what workers do, and on the runs that give them tasks. */
export function clusterRoutes(open: OpenCluster): readonly Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/api/cluster",
      summary: "The workers of the server's database, and the runs that give them tasks.",
      responses: {
        200: json("What there is.", {
          isConnected: { type: "boolean", description: "Whether the server has a database." },
          workers: listOf(ref("Worker")),
          runs: listOf(ref("ClusterRun")),
        }),
      },
      async answer() {
        if (open === undefined) {
          return jsonReply(200, { isConnected: false, workers: [], runs: [] });
        }
        const cluster = await open();
        const [workers, runs] = [await cluster.workers(), await cluster.runs()];
        return jsonReply(200, { isConnected: true, workers, runs });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/api/cluster/runs/{id}",
      summary: "A run with its tasks as a map, its pace, what failed, and its dead items.",
      responses: { 200: json("The run.", { details: ref("ClusterRunDetails") }) },
      async answer({ path: { id = "" } }) {
        const details = await (await clusterOf(open, id)).run(id);
        if (details === undefined) throw unknown(`run "${id}"`);
        return jsonReply(200, { details });
      },
    }),
    defineRoute({
      method: "PATCH",
      path: "/api/cluster/runs/{id}",
      summary: "Pause a run, let it go on, or change its priority.",
      body: { type: "object", properties: { priority, isPaused: { type: "boolean" } } },
      responses: { 200: json("It is changed.", {}) },
      async answer({ path: { id = "" }, body }) {
        const cluster = await clusterOf(open, id);
        if (!(await cluster.change(id, body))) throw unknown(`run "${id}"`);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/cluster/runs/{id}/cancel",
      summary: "End a run as Ctrl-C does where it was started; what is done is kept.",
      responses: { 200: json("It is ending.", {}) },
      async answer({ path: { id = "" } }) {
        const cluster = await clusterOf(open, id);
        if (!(await cluster.change(id, { isCancelled: true }))) throw unknown(`run "${id}"`);
        return jsonReply(200, {});
      },
    }),
    defineRoute({
      method: "POST",
      path: "/api/cluster/runs/{id}/dead/{dead}/retry",
      summary: "Give a dead item to workers once more.",
      responses: { 200: json("It waits for a worker.", {}) },
      async answer({ path: { id = "", dead = "" } }) {
        const cluster = await clusterOf(open, id);
        checkId(`dead item "${dead}"`, dead);
        if (!(await cluster.retryDead(id, dead))) throw unknown(`dead item "${dead}"`);
        return jsonReply(200, {});
      },
    }),
  ];
}
