import type { ReactNode } from "react";
import { InspectorIcon, StripIcon } from "../parts/icons.tsx";
import { type Editor, isRunning } from "../state/editor.ts";
import { type EditorState, graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

export function TopBar({ editor }: { readonly editor: Editor }): ReactNode {
  const { store } = editor;
  const name = useStore(store, (state) => state.graphName);
  const isSaved = useStore(store, (state) => graphOf(state) === state.saved);
  const isUnderWay = useStore(store, isRunning);
  const link = useStore(store, (state) => state.link);
  const isEmpty = useStore(store, (state) => Object.keys(graphOf(state).nodes).length === 0);
  const isStripOpen = useStore(store, (state) => state.openPanels.has("runs"));
  const isInspectorOpen = useStore(store, (state) => state.openPanels.has("inspector"));
  return (
    <header className="top-bar">
      <h1 className="brand">InsightGraph</h1>
      <span className="graph-name">{name}</span>
      {name !== "" && <span className="save-state">{isSaved ? "saved" : "edited"}</span>}
      <span className="spacer" />
      <DevicePill editor={editor} />
      <button
        type="button"
        className="button button-icon"
        aria-label="Runs"
        aria-pressed={isStripOpen}
        title="Show or hide the runs"
        onClick={() => editor.togglePanel("runs")}
      >
        <StripIcon />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label="Inspector"
        aria-pressed={isInspectorOpen}
        title="Show or hide the inspector"
        onClick={() => editor.togglePanel("inspector")}
      >
        <InspectorIcon />
      </button>
      {isUnderWay ? (
        <button type="button" className="button run-button" onClick={editor.cancel}>
          Cancel <kbd>Esc</kbd>
        </button>
      ) : (
        <button
          type="button"
          className="button button-primary run-button"
          disabled={link !== "online" || isEmpty}
          title={link === "online" ? "Run the graph" : "Not connected to the server"}
          onClick={() => editor.run()}
        >
          Run <kbd>Ctrl ↵</kbd>
        </button>
      )}
    </header>
  );
}

function DevicePill({ editor }: { readonly editor: Editor }): ReactNode {
  const link = useStore(editor.store, (state) => state.link);
  const words = useStore(editor.store, linkWords);
  return (
    <span className="device" data-link={link} role="status">
      <span className="device-dot" />
      {words}
    </span>
  );
}

function linkWords({ link, device }: EditorState): string {
  if (link === "online") return device === "" ? "Connected" : device;
  return link === "connecting" ? "Connecting" : "Offline · connecting again";
}
