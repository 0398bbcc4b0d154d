import type { ReactNode } from "react";
import type { ConnectionState } from "../connection/socket-client.ts";
import { words } from "../messages/messages.ts";
import { InspectorIcon, StripIcon } from "../parts/icons.tsx";
import { type Editor, isRunning } from "../state/editor.ts";
import { documentOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { ActionKey, useTooltips } from "./action-key.tsx";
import { DevicePill } from "./device-pill.tsx";
import { DocumentTabs } from "./document-tabs.tsx";

/** The name of the graph, the state of the connection, and the button that runs the graph. */
export function TopBar({ editor }: { readonly editor: Editor }): ReactNode {
  const { store } = editor;
  const tooltip = useTooltips();
  const isUnderWay = useStore(store, isRunning);
  const connection = useStore(store, (state) => state.connection);
  const isEmpty = useStore(store, (state) => Object.keys(documentOf(state).nodes).length === 0);
  const isStripOpen = useStore(store, (state) => state.openPanels.has("runs"));
  const isInspectorOpen = useStore(store, (state) => state.openPanels.has("inspector"));
  const isApp = useStore(store, (state) => state.openPanels.has("app"));
  return (
    <header className="top-bar">
      <h1 className="brand">
        <button
          type="button"
          className="brand-button"
          title={tooltip(words.actions.start, "start")}
          onClick={() => editor.togglePanel("start")}
        >
          InsightGraph
        </button>
      </h1>
      <DocumentTabs editor={editor} />
      <span className="spacer" />
      <DevicePill editor={editor} />
      <button
        type="button"
        className="button app-button"
        aria-pressed={isApp}
        title={tooltip(words.actions.app, "app")}
        disabled={isEmpty}
        onClick={() => editor.togglePanel("app")}
      >
        {words.app.open}
      </button>
      <button
        type="button"
        className="button share-button"
        disabled={isEmpty}
        onClick={() => editor.togglePanel("share")}
      >
        {words.share}
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={words.runs}
        aria-pressed={isStripOpen}
        title={words.page.toggleRuns}
        onClick={() => editor.togglePanel("runs")}
      >
        <StripIcon />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={words.page.inspector}
        aria-pressed={isInspectorOpen}
        title={words.page.toggleInspector}
        onClick={() => editor.togglePanel("inspector")}
      >
        <InspectorIcon />
      </button>
      {isUnderWay && (
        <button
          type="button"
          className="button"
          title={tooltip(words.cancelAll, "cancel")}
          onClick={() => editor.cancel()}
        >
          {words.cancelRun}
        </button>
      )}
      <button
        type="button"
        className="button button-primary run-button"
        disabled={connection !== "online" || isEmpty}
        title={runTitle(connection, isUnderWay)}
        onClick={() => editor.run()}
      >
        {words.run} <ActionKey id="run" />
      </button>
    </header>
  );
}

function runTitle(connection: ConnectionState, isUnderWay: boolean): string {
  if (connection !== "online") return words.notConnected;
  return isUnderWay ? words.queueRun : words.runGraph;
}
