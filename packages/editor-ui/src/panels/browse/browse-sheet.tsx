import { type ReactNode, useEffect } from "react";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import type { Editor } from "../../state/editor.ts";
import { useStore } from "../../state/store.ts";
import { DatasetBrowser } from "./dataset-browser.tsx";
import { DatasetChoice } from "./dataset-choice.tsx";

/** Looks through a data set, and decides about its records by hand. */
export function BrowseSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("datasets"));
  return isOpen ? <OpenBrowse editor={editor} /> : null;
}

function OpenBrowse({ editor }: { readonly editor: Editor }): ReactNode {
  const path = useStore(editor.store, (state) => state.dataset);
  const close = () => editor.closePanel("datasets");
  useEffect(() => {
    // A reload shows the same data set.
    const at = location.pathname + location.search;
    const hash = path === undefined ? "" : `#dataset=${encodeURIComponent(path)}`;
    history.replaceState(null, "", at + hash);
    return () => history.replaceState(null, "", at);
  }, [path]);
  if (path === undefined) {
    return (
      <Dialog title={words.browseDatasets} className="browse-choice" close={close}>
        <DatasetChoice open={editor.browse} />
      </Dialog>
    );
  }
  return (
    <DatasetBrowser key={path} path={path} close={close} change={() => editor.browse(undefined)} />
  );
}
