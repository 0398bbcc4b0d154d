import type { Schemas } from "@insightgraph/client";
import type { ReactNode } from "react";
import { cancelClusterRun, changeClusterRun } from "../../connection/cluster-client.ts";
import { words } from "../../messages/messages.ts";
import { ClusterRunFacts } from "./cluster-run-facts.tsx";
import type { FollowedCluster } from "./use-cluster.ts";

interface ClusterRunProps extends Pick<FollowedCluster, "act" | "details"> {
  readonly run: Schemas["ClusterRun"];
  readonly isChosen: boolean;
  choose(): void;
}

/** Why no worker takes the tasks of a run, in words. */
function waitWords({ reason, model = "" }: NonNullable<Schemas["ClusterRun"]["waits"]>): string {
  const { waits } = words.cluster;
  if (reason === "model") return waits.model(model);
  return reason === "no-worker" ? waits.noWorker : waits[reason];
}

/** A run with what can be done to it, and its details where it is chosen. */
export function ClusterRunRow({ run, details, isChosen, choose, act }: ClusterRunProps): ReactNode {
  const { cluster } = words;
  const { items, tasks, waits } = run;
  const all = tasks.waiting + tasks.running + tasks.done + tasks.failed;
  const states = [run.isPaused ? cluster.paused : "", run.isCancelled ? cluster.cancelled : ""];
  const facts = [...states, cluster.counted(items.done, items.failed + run.dead)];
  return (
    <li className="cluster-row">
      <div className="cluster-head">
        <button
          type="button"
          className="cluster-title"
          aria-expanded={isChosen}
          aria-label={cluster.details(run.title)}
          onClick={choose}
        >
          {run.title}
        </button>
        <RunButtons run={run} act={act} />
      </div>
      <progress value={tasks.done} max={Math.max(1, all)} aria-label={cluster.tasks} />
      <span className="quiet">
        {[...facts, cluster.startedOn(run.machine)].filter(Boolean).join(" · ")}
      </span>
      {waits !== undefined && <span className="cluster-warning">{waitWords(waits)}</span>}
      {details !== undefined && <ClusterRunFacts details={details} act={act} />}
    </li>
  );
}

function RunButtons({ run, act }: Pick<ClusterRunProps, "run" | "act">): ReactNode {
  const { cluster } = words;
  const { id, isPaused, priority } = run;
  const cancel = (): void => {
    if (window.confirm(cluster.cancelQuestion)) void act(() => cancelClusterRun(id));
  };
  return (
    <div className="cluster-buttons">
      <label>
        {cluster.priority}
        <input
          className="field"
          type="number"
          min={-1000}
          max={1000}
          step={1}
          defaultValue={priority}
          onBlur={({ target }) => {
            const value = target.valueAsNumber;
            if (Number.isInteger(value) && value !== priority) {
              void act(() => changeClusterRun(id, { priority: value }));
            }
          }}
        />
      </label>
      <button
        type="button"
        className="button"
        onClick={() => void act(() => changeClusterRun(id, { isPaused: !isPaused }))}
      >
        {isPaused ? cluster.resume : cluster.pause}
      </button>
      <button type="button" className="button" disabled={run.isCancelled} onClick={cancel}>
        {cluster.cancel}
      </button>
    </div>
  );
}
