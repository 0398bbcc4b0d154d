import type { SocketClient } from "../connection/socket-client.ts";
import { type PendingChange, sendNext } from "../document/synced-graph.ts";
import type { KeptView } from "../document/view.ts";
import type { EditorState } from "./editor-state.ts";
import type { Store } from "./store.ts";
import { toViewState } from "./view-state.ts";

/** What a link needs: the state, the server, and a clock. */
interface LinkOptions {
  readonly store: Store<EditorState>;
  readonly client: SocketClient;
  /** Calls back after a while; returns how to give up. */
  wait(ms: number, then: () => void): () => void;
}

/** Keeps the server's document equal to the page's, one change after the other. */
export interface DocumentLink {
  /** Where the canvas stands, kept with the document a moment later. */
  rememberView(view: KeptView): void;
  /** Sends all that is pending at once, without waiting for one to be confirmed: the page is going. */
  flush(): void;
  /** Resolves when the server has every change of the page. */
  settled(): Promise<void>;
  close(): void;
}

/** A view is sent once it has rested for this long. */
const restMs = 300;

/** Follows the state: joins the document that is wanted, and sends what is pending. */
export function openDocumentLink({ store, client, wait }: LinkOptions): DocumentLink {
  let asked: string | undefined;
  let view: KeptView | undefined;
  let kept: { readonly selection: EditorState["selection"]; readonly view: KeptView | undefined };
  let giveUp: (() => void) | undefined;
  kept = { selection: store.get().selection, view: undefined };

  const pump = (): void => {
    const state = store.get();
    if (state.connection !== "online") {
      asked = undefined;
      return;
    }
    join(state);
    sendPending();
    keepView();
  };
  const join = ({ wanted, document, synced, isWelcome }: EditorState): void => {
    if (!isWelcome || wanted === undefined || wanted === asked) return;
    // What is pending belongs to the document that is still shown.
    if (document !== undefined && document.id !== wanted && synced.pending.length > 0 && asked) {
      return;
    }
    if (asked !== undefined) {
      client.send({ type: "leave-document", documentId: asked });
      view = undefined;
    }
    asked = wanted;
    client.send({ type: "join-document", documentId: wanted });
  };
  const sendPending = (): void => {
    const { document, synced } = store.get();
    const next = sendNext(synced);
    if (next === undefined || document === undefined || document.id !== asked) return;
    // Marked first, so that what the answer changes does not send it again.
    store.set((state) => ({ ...state, synced: next.synced }));
    sendChange(document.id, next.change, synced.version);
  };
  const sendChange = (documentId: string, change: PendingChange, version: number): void => {
    const about = { documentId, editId: change.editId, version };
    if (change.kind === "edit") {
      const { patches, label } = change;
      const named = label === undefined ? {} : { label };
      client.send({ ...about, type: "edit-document", patches: [...patches], ...named });
    } else {
      client.send({ ...about, type: change.kind === "undo" ? "undo-document" : "redo-document" });
    }
  };
  const keepView = (): void => {
    const { selection, document } = store.get();
    if (document === undefined || document.id !== asked) return;
    if (kept.selection === selection && kept.view === view) return;
    kept = { selection, view };
    giveUp?.();
    giveUp = wait(restMs, () => {
      const viewState = toViewState(view ?? store.get().lastView, store.get().selection);
      client.send({ type: "view-document", documentId: document.id, viewState });
    });
  };

  const stop = store.subscribe(pump);
  return {
    rememberView(next) {
      view = next;
      keepView();
    },
    flush() {
      const { document, synced } = store.get();
      if (document === undefined || document.id !== asked) return;
      // Each change leads to the next version; the first may be on its way.
      for (const [at, change] of synced.pending.entries()) {
        if (at > 0 || !synced.isSending) sendChange(document.id, change, synced.version + at);
      }
    },
    settled: () =>
      new Promise((resolve) => {
        const isSettled = () => store.get().synced.pending.length === 0;
        if (isSettled()) return resolve();
        const unsubscribe = store.subscribe(() => {
          if (!isSettled()) return;
          unsubscribe();
          resolve();
        });
      }),
    close() {
      stop();
      giveUp?.();
    },
  };
}
