import type { Schemas } from "@insightgraph/client";
import type { ReactNode } from "react";
import { words } from "../../messages/messages.ts";

type TaskCounts = Schemas["TaskCounts"];

const states = ["done", "running", "waiting", "failed"] as const;

/** The state that a cell shows: of several tasks, the one that matters most. */
function stateOf(cell: TaskCounts): keyof TaskCounts {
  const order = ["failed", "running", "waiting"] as const;
  return order.find((state) => cell[state] > 0) ?? "done";
}

interface TaskMapProps {
  readonly cells: readonly TaskCounts[];
  readonly tasks: TaskCounts;
}

/** Tasks in order, a square each, or one for several where there are many. */
export function TaskMap({ cells, tasks }: TaskMapProps): ReactNode {
  const named = states.map((state) => [state, `${tasks[state]} ${words.cluster.states[state]}`]);
  return (
    <figure className="task-map">
      <div role="img" aria-label={named.map(([, text]) => text).join(", ")}>
        {cells.map((cell, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a task is its place
          <i key={at} data-state={stateOf(cell)} />
        ))}
      </div>
      <figcaption className="quiet">
        {named.map(([state, text]) => (
          <span key={state}>
            <i data-state={state} /> {text}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
