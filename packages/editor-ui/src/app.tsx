import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Canvas } from "./canvas/canvas.tsx";
import { CanvasControls } from "./canvas/canvas-controls.tsx";
import { Minimap } from "./canvas/minimap.tsx";
import { listenToPaste } from "./commands/clipboard.ts";
import { listenToDrops } from "./commands/drop.ts";
import { listenToKeys } from "./commands/keymap.ts";
import { followNodeFiles } from "./commands/node-files.ts";
import { words } from "./messages/messages.ts";
import { AblationSheet } from "./panels/ablation/ablation-sheet.tsx";
import { VariantBanner } from "./panels/ablation/variant-banner.tsx";
import { Announcements } from "./panels/announcements.tsx";
import { AppView } from "./panels/app-view/app-view.tsx";
import { Breadcrumbs } from "./panels/breadcrumbs.tsx";
import { BrowseSheet } from "./panels/browse/browse-sheet.tsx";
import { CloseDialog } from "./panels/close-dialog.tsx";
import { ClusterSheet } from "./panels/cluster/cluster-sheet.tsx";
import { ContextMenu } from "./panels/context-menu.tsx";
import { EmptyCanvas } from "./panels/empty-canvas.tsx";
import { FilmStrip } from "./panels/film-strip.tsx";
import { FirstSteps } from "./panels/first-steps.tsx";
import { HelpSheet } from "./panels/help-sheet.tsx";
import { Inspector } from "./panels/inspector.tsx";
import { LeftRail } from "./panels/left-rail.tsx";
import { MaskPainter } from "./panels/mask/mask-painter.tsx";
import { MissingSheet } from "./panels/missing-sheet.tsx";
import { NoticeBar } from "./panels/notice-bar.tsx";
import { LinkSheet, Palette } from "./panels/palette.tsx";
import { HistorySheet } from "./panels/run-history.tsx";
import { SaveDialogs } from "./panels/save-dialog.tsx";
import { SearchPopup } from "./panels/search/search-popup.tsx";
import { SettingsSheet } from "./panels/settings-sheet.tsx";
import { ShareDialog } from "./panels/share-dialog.tsx";
import { StartSheet } from "./panels/start-sheet.tsx";
import { TablesSheet } from "./panels/tables-sheet.tsx";
import { TopBar } from "./panels/top-bar.tsx";
import { Viewer } from "./panels/viewer/viewer.tsx";
import { FaultGuard } from "./parts/fault-guard.tsx";
import { listenToLongPresses } from "./parts/long-press.ts";
import type { Editor } from "./state/editor.ts";
import { useStore } from "./state/store.ts";
import type { CanvasView, Workbench } from "./state/workbench.ts";

/** The whole page. */
export function App({ editor }: { readonly editor: Editor }): ReactNode {
  const [canvas, setCanvas] = useState<CanvasView>();
  const current = useRef<CanvasView>(undefined);
  const onView = useCallback((view: CanvasView | undefined) => {
    current.current = view;
    setCanvas(view);
  }, []);
  const workbench = useMemo<Workbench>(() => ({ editor, canvas: () => current.current }), [editor]);
  useEffect(() => listenToKeys(workbench), [workbench]);
  useEffect(listenToLongPresses, []);
  useEffect(() => listenToPaste(workbench), [workbench]);
  useEffect(() => followNodeFiles(editor), [editor]);
  useEffect(() => warnBeforeLeaving(editor), [editor]);
  useEffect(() => listenToDrops(workbench), [workbench]);
  const isInspectorOpen = useStore(editor.store, (state) => state.openPanels.has("inspector"));
  const isApp = useStore(editor.store, (state) => state.openPanels.has("app"));
  const isStripOpen = useStore(editor.store, (state) => state.openPanels.has("runs"));
  const isLinking = useStore(editor.store, (state) => state.gesture !== undefined);
  return (
    <div className="page" data-inspector={isInspectorOpen} data-strip={isStripOpen}>
      <TopBar editor={editor} />
      <LeftRail workbench={workbench} />
      <Canvas editor={editor} onView={onView}>
        <EmptyCanvas workbench={workbench} />
        <Breadcrumbs editor={editor} />
        <VariantBanner editor={editor} />
        <NoticeBar workbench={workbench} />
        {canvas !== undefined && <CanvasControls canvas={canvas} />}
        {canvas !== undefined && <Minimap editor={editor} canvas={canvas} />}
        {isLinking && (
          <p className="visually-hidden" role="status">
            {words.page.drawingLink}
          </p>
        )}
      </Canvas>
      <AppView editor={editor} />
      {isInspectorOpen && !isApp && (
        <FaultGuard what={words.page.inspector}>
          <Inspector editor={editor} />
        </FaultGuard>
      )}
      {isStripOpen && (
        <FaultGuard what={words.page.runs}>
          <FilmStrip editor={editor} />
        </FaultGuard>
      )}
      <FirstSteps editor={editor} />
      <SearchPopup workbench={workbench} />
      <Viewer editor={editor} />
      <HistorySheet editor={editor} />
      <ClusterSheet editor={editor} />
      <MaskPainter editor={editor} />
      <ContextMenu workbench={workbench} />
      <TablesSheet editor={editor} />
      <BrowseSheet editor={editor} />
      <AblationSheet editor={editor} />
      <Palette workbench={workbench} />
      <LinkSheet workbench={workbench} />
      <SettingsSheet editor={editor} />
      <StartSheet workbench={workbench} />
      <SaveDialogs editor={editor} />
      <ShareDialog editor={editor} />
      <CloseDialog editor={editor} />
      <MissingSheet editor={editor} />
      <HelpSheet editor={editor} />
      <Announcements editor={editor} />
    </div>
  );
}

/** What the server has not taken yet would be lost. */
function warnBeforeLeaving(editor: Editor): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (editor.store.get().synced.pending.length > 0) event.preventDefault();
  };
  window.addEventListener("beforeunload", ask);
  return () => window.removeEventListener("beforeunload", ask);
}
