import type { TaskRun, WorkerMeans } from "./task.ts";

/** A worker that can compute `plainRun`. */
export const able: WorkerMeans = { nodes: "n", models: ["m"] };

/** A run that asks for little. */
export function plainRun(id: string): TaskRun {
  return {
    ...{ id, nodes: "n", models: [], title: "Pictures", machine: "desk", priority: 0 },
    description: { graph: "g" },
  };
}
