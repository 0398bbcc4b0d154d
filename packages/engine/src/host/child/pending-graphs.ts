import { randomUUID } from "node:crypto";
import type { GraphDocument } from "../../graph/document.ts";

/** Graphs that have been sent away and are awaited. */
export interface PendingGraphs {
  /** Waits for a graph; `send` gets the id under which `receive` answers. */
  request(graph: GraphDocument, send: (requestId: string) => void): Promise<GraphDocument>;
  receive(requestId: string, graph: GraphDocument): void;
  /** Gives every awaited graph back as it was sent. */
  release(): void;
}

/** Matches graphs that come back to the requests for them. */
export function createPendingGraphs(): PendingGraphs {
  const pending = new Map<string, (graph?: GraphDocument) => void>();
  return {
    request(graph, send) {
      const requestId = randomUUID();
      return new Promise((resolve) => {
        pending.set(requestId, (received = graph) => resolve(received));
        send(requestId);
      });
    },
    receive(requestId, graph) {
      pending.get(requestId)?.(graph);
      pending.delete(requestId);
    },
    release() {
      for (const resolve of pending.values()) resolve();
      pending.clear();
    },
  };
}
