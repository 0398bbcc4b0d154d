import type { GraphDocument } from "@insightgraph/engine/graph";
import { type FormEvent, type ReactNode, useState } from "react";
import { downloadFile } from "../commands/file-dialogs.ts";
import { downloadGraph } from "../commands/save-graph.ts";
import { describeThrown } from "../connection/issue-words.ts";
import { curlCommand, runCommand } from "../document/command-line.ts";
import { graphSvg } from "../document/graph-svg.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { documentOf, type EditorState } from "../state/editor-state.ts";
import { portLook } from "../state/port-look.ts";
import { useStore } from "../state/store.ts";
import { pictureFile } from "./viewer/picture-file.ts";
import { viewPictures } from "./viewer/view-pictures.ts";

/** Every way to hand a graph on, and to open one from an address. */
export function ShareDialog({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("share"));
  return isOpen ? <OpenShare editor={editor} /> : null;
}

function OpenShare({ editor }: { readonly editor: Editor }): ReactNode {
  const state = editor.store.get();
  const graph = documentOf(state);
  const { name = words.untitled, file } = state.document ?? {};
  // A person stands in another folder than the server, so only the whole path finds a saved file.
  const place = file === undefined ? `${name}.json` : `${state.workspace}/${file}`;
  const result = viewPictures(state).find(({ id }) => id.endsWith(" result"));
  const [fault, setFault] = useState<string>();
  const downloadResult = async () => {
    if (result === undefined) return;
    try {
      downloadFile(await pictureFile(result));
    } catch (thrown) {
      setFault(describeThrown(thrown));
    }
  };
  const drawing = () =>
    downloadFile(new File([drawGraph(state, graph)], `${name}.svg`, { type: "image/svg+xml" }));
  const link =
    file === undefined ? undefined : `${location.origin}/#file=${encodeURIComponent(file)}`;
  return (
    <Dialog title={words.shareTitle} className="share" close={() => editor.closePanel("share")}>
      <div className="history-actions">
        <button type="button" className="button" onClick={() => downloadGraph(editor)}>
          {words.downloadJson}
        </button>
        <button
          type="button"
          className="button"
          disabled={result === undefined}
          title={result === undefined ? words.noPictures : words.downloadPngHint}
          onClick={() => void downloadResult()}
        >
          {words.downloadPng}
        </button>
        <button type="button" className="button" onClick={drawing}>
          {words.downloadSvg}
        </button>
      </div>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
      <Copyable label={words.asCommand} text={runCommand(graph, state.catalogue, place)} />
      <Copyable label={words.asCurl} text={curlCommand(graph, location.origin)} />
      {link === undefined ? (
        <p className="quiet">{words.linkNeedsFile}</p>
      ) : (
        <Copyable label={words.asLink} text={link} />
      )}
      <OpenAddress editor={editor} />
    </Dialog>
  );
}

/** The drawing keeps the colours of the page's theme. */
function drawGraph(state: EditorState, graph: GraphDocument): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (role: string) => style.getPropertyValue(`--port-${role}`).trim();
  return graphSvg(graph, {
    catalogue: state.catalogue,
    portColour: (end) => colour(portLook(state, end)?.role ?? "other"),
    categoryColour: (type) =>
      colour(state.categoryRoles.get(state.catalogue[type]?.category ?? "") ?? "other"),
  });
}

function Copyable({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
  };
  return (
    <div className="share-row">
      <label className="ask-field">
        {label}
        <input
          className="field share-text"
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
        />
      </label>
      <button
        type="button"
        className="button"
        aria-label={`${words.copy}: ${label}`}
        onClick={() => void copy()}
      >
        {isCopied ? words.copied : words.copy}
      </button>
    </div>
  );
}

/** The server fetches the graph; it is shown, and nothing of it runs by itself. */
function OpenAddress({ editor }: { readonly editor: Editor }): ReactNode {
  const [address, setAddress] = useState("");
  const open = async (event: FormEvent) => {
    event.preventDefault();
    editor.closePanel("share");
    await editor.openAddress(address);
  };
  return (
    <form className="share-row" onSubmit={(event) => void open(event)}>
      <label className="ask-field">
        {words.openAddress}
        <input
          className="field"
          type="url"
          required
          pattern="https://.*"
          placeholder="https://"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
      <button type="submit" className="button">
        {words.open}
      </button>
    </form>
  );
}
