import { type ReactNode, useState } from "react";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import type { Editor } from "../../state/editor.ts";
import { useStore } from "../../state/store.ts";
import { ClusterRunRow } from "./cluster-run-row.tsx";
import { useCluster } from "./use-cluster.ts";
import { WorkerRow } from "./worker-row.tsx";

/** The workers of the server's database, and the runs that give them tasks. */
export function ClusterSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("cluster"));
  return isOpen ? <OpenCluster close={() => editor.closePanel("cluster")} /> : null;
}

function OpenCluster({ close }: { close(): void }): ReactNode {
  const [chosen, setChosen] = useState<string>();
  const { state, details, fault, act } = useCluster(chosen);
  const { cluster } = words;
  const choose = (id: string): void => setChosen((before) => (before === id ? undefined : id));
  return (
    <Dialog title={cluster.title} className="cluster" close={close}>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      {state?.isConnected === false && <p className="quiet">{cluster.noDatabase}</p>}
      {state?.isConnected === true && (
        <>
          <h3>{cluster.runs(state.runs.length)}</h3>
          {state.runs.length === 0 && <p className="quiet">{cluster.noRuns}</p>}
          <ul className="cluster-list">
            {state.runs.map((run) => (
              <ClusterRunRow
                key={run.id}
                run={run}
                details={run.id === chosen ? details : undefined}
                isChosen={run.id === chosen}
                choose={() => choose(run.id)}
                act={act}
              />
            ))}
          </ul>
          <h3>{cluster.workers(state.workers.length)}</h3>
          {state.workers.length === 0 && <p className="quiet">{cluster.noWorkers}</p>}
          <ul className="cluster-list">
            {state.workers.map((worker) => (
              <WorkerRow key={worker.id} worker={worker} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
