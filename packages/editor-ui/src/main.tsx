import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { openFromAddress } from "./commands/start.ts";
import { documentsClient } from "./connection/documents-client.ts";
import { seenEvents } from "./connection/run-state.ts";
import { loadDocs } from "./messages/docs/load-docs.ts";
import { chosenLanguage } from "./messages/language.ts";
import { readAppearance, showAppearance } from "./parts/appearance.ts";
import { createEditor } from "./state/editor.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/page.css";
import "./styles/canvas.css";
import "./styles/node.css";
import "./styles/fields.css";
import "./styles/inspector.css";
import "./styles/popups.css";
import "./styles/runs.css";
import "./styles/app-view.css";
import "./styles/documents.css";
import "./styles/viewer.css";
import "./styles/start.css";
import "./styles/browse.css";
import "./styles/ablation.css";
import "./styles/cluster.css";

showAppearance(readAppearance());
document.documentElement.lang = chosenLanguage();

const address = new URL("/ws", location.href);
address.protocol = location.protocol === "https:" ? "wss:" : "ws:";

const documentKey = "insightgraph.document";

// A page that cannot have them describes nodes as the server does.
const docs = await loadDocs(chosenLanguage()).catch(() => undefined);

/** Replaced once there is an editor: its first connection is opened before. */
let seen = (): readonly string[] => [];

const editor = createEditor({
  open(events) {
    // What this page saw before it lost the connection is not sent again.
    const here = new URL(address);
    for (const event of seen()) here.searchParams.append("seen", event);
    const socket = new WebSocket(here);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", events.opened);
    socket.addEventListener("message", ({ data }) => events.received(data));
    socket.addEventListener("close", events.closed);
    return socket;
  },
  wait(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  documents: documentsClient,
  docs,
  lastDocument: sessionStorage.getItem(documentKey) ?? "",
  createRequestId: () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`,
});

seen = () => seenEvents(editor.store.get().runs);

window.addEventListener("pagehide", editor.flush);

// A reload shows the document that this window showed before.
editor.store.subscribe(() => {
  const { document } = editor.store.get();
  if (document !== undefined) sessionStorage.setItem(documentKey, document.id);
});

// A link may name what to open; that takes a server that has said what it knows.
const stopWaiting = editor.store.subscribe(() => {
  if (editor.store.get().document === undefined) return;
  stopWaiting();
  void openFromAddress(editor);
});

// On a narrow page the inspector is a sheet over the graph; it opens on request.
if (matchMedia("(max-width: 900px)").matches) editor.closePanel("inspector");

const root = document.getElementById("app");
if (root !== null) createRoot(root).render(<App editor={editor} />);
