import { type ReactNode, useEffect, useState } from "react";
import { type ListedDataset, listDatasets } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";

/** The data sets of the workspace, and a field for any other one. */
export function DatasetChoice({ open }: { open(path: string): void }): ReactNode {
  const [listed, setListed] = useState<readonly ListedDataset[]>([]);
  const [path, setPath] = useState("");
  useEffect(() => {
    // Without a server there are none to show; the page says elsewhere that it is away.
    listDatasets().then(setListed, () => {});
  }, []);
  return (
    <div className="dataset-choice">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== "") open(path.trim());
        }}
      >
        <label htmlFor="dataset-path">{words.datasetPath}</label>
        <div className="dataset-path">
          <input
            id="dataset-path"
            className="field"
            spellCheck={false}
            autoComplete="off"
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
          <button type="submit" className="button button-primary">
            {words.openDataset}
          </button>
        </div>
        <p className="quiet">{words.datasetPathHint}</p>
      </form>
      {listed.length > 0 && <h3>{words.datasetsHere}</h3>}
      <ul className="start-files">
        {listed.map((dataset) => (
          <li key={dataset.path}>
            <button type="button" className="start-file" onClick={() => open(dataset.path)}>
              <span>{dataset.path}</span>
              <span className="quiet">
                {words.datasetSize(dataset.records, dataset.isComplete)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
