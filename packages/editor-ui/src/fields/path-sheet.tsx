import type { Schemas } from "@insightgraph/client";
import { type ReactNode, useEffect, useState } from "react";
import { listFolder } from "../connection/files.ts";
import { describeThrown } from "../connection/issue-words.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";

interface PathSheetProps {
  /** Accepted endings, as `.png,.jpg`. Omitted or empty: folders can be chosen as well. */
  readonly accept: string | undefined;
  choose(path: string): void;
  close(): void;
}

/** Files and folders in which runs may read, to choose one. */
export function PathSheet({ accept, choose, close }: PathSheetProps): ReactNode {
  const [asked, setAsked] = useState("");
  const [listed, setListed] = useState<Schemas["Folder"]>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    listFolder(asked).then(
      (folder) => isCurrent && setListed(folder),
      (thrown) => isCurrent && setFailure(describeThrown(thrown)),
    );
    return () => {
      isCurrent = false;
    };
  }, [asked]);
  const takesFolder = accept === undefined || accept === "";
  const entries = listed?.entries.filter(({ name, isFolder }) => isFolder || fits(name, accept));
  return (
    <Dialog
      title={takesFolder ? words.chooseFolder : words.chooseFile}
      className="paths"
      close={close}
    >
      {failure !== undefined && (
        <p className="param-fault" role="alert">
          {failure}
        </p>
      )}
      <div className="path-head">
        <span className="quiet">
          {listed?.folder === "" ? words.workspaceFolder : listed?.folder}
        </span>
        {takesFolder && listed !== undefined && (
          <button type="button" className="button" onClick={() => choose(listed.folder || ".")}>
            {words.chooseHere}
          </button>
        )}
      </div>
      <ul className="path-list">
        {listed?.parent !== undefined && (
          <li>
            <button type="button" className="path" onClick={() => setAsked(listed.parent ?? "")}>
              ↑ {words.folderUp}
            </button>
          </li>
        )}
        {entries?.map(({ name, path, isFolder }) => (
          <li key={path}>
            <button
              type="button"
              className="path"
              onClick={() => (isFolder ? setAsked(path) : choose(path))}
            >
              {isFolder ? `${name}/` : name}
            </button>
          </li>
        ))}
      </ul>
      {entries?.length === 0 && <p className="quiet">{words.folderEmpty}</p>}
    </Dialog>
  );
}

function fits(name: string, accept: string | undefined): boolean {
  if (accept === undefined) return true;
  const endings = accept.split(",").filter((ending) => ending.startsWith("."));
  return endings.length === 0 || endings.some((ending) => name.toLowerCase().endsWith(ending));
}
