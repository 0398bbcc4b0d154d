import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import path from "node:path";
import { toWireError } from "@insightgraph/engine/errors";
import type { NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost, RunRequest } from "@insightgraph/engine/host";
import { isEnding, type RunEnding, type RunEvent } from "@insightgraph/engine/protocol";
import { mapFileParams } from "./manifest/graph-files.ts";
import type { ServerClient } from "./server-client.ts";

/** The part of a host that running a graph takes. */
export interface RunningHost {
  readonly catalogue: () => Promise<NodeCatalogue>;
  readonly run: ExecutionHost["run"];
  readonly close: () => Promise<void>;
}

/** How a job ended whose last event is no longer kept. */
function endingWithout(state: string): RunEnding {
  if (state === "done") return { type: "run-finished", ms: 0 };
  if (state === "cancelled") return { type: "run-cancelled" };
  const error = {
    code: "process.lost",
    what: `the job is ${state}`,
    hint: "Run `insightgraph jobs retry` with its id.",
  } as const;
  return { type: "run-failed", error };
}

/** Follows a job of a server to its end. */
export async function followJob(
  client: Pick<ServerClient, "events">,
  id: string,
  emit: (event: RunEvent) => void,
): Promise<RunEnding> {
  let after = 0;
  for (;;) {
    const { state, events } = await client.events(id, after);
    for (const { seq, ...event } of events) {
      after = Math.max(after, seq);
      emit(event);
      if (isEnding(event)) return event;
    }
    if (state !== "queued" && state !== "running") {
      const ending = endingWithout(state);
      emit(ending);
      return ending;
    }
  }
}

/**
 * Runs graphs as jobs of a server.
 * @param folder Where relative paths in the graph start: the server, which stands elsewhere, gets
 * absolute ones.
 */
export function createServerHost(
  client: ServerClient,
  folder: string,
  priority: number,
): RunningHost {
  const catalogue = client.catalogue;
  return {
    catalogue,
    async run({ graph, outputs, device }: RunRequest, emit) {
      const placed = mapFileParams(graph, await catalogue(), ({ path: file }) =>
        path.resolve(folder, file),
      );
      const submitted = await client.submit({
        ...{ graph: placed, client: `command at ${hostname()}`, requestId: randomUUID() },
        ...(outputs === undefined ? {} : { outputs }),
        ...(device === undefined ? {} : { device }),
        priority,
      });
      if ("issues" in submitted) return submitted;
      const { id } = submitted.job;
      const ended = followJob(client, id, emit).catch((thrown: unknown): RunEnding => {
        return { type: "run-failed", error: toWireError(thrown) };
      });
      return { ended, cancel: () => void client.cancel(id).catch(() => {}) };
    },
    close: async () => {},
  };
}
