import { englishAblation } from "./ablation-english.ts";
import { englishActions } from "./actions-english.ts";
import { englishApp } from "./app-english.ts";
import { englishBrowse } from "./browse-english.ts";
import { englishCanvas } from "./canvas-english.ts";
import { englishCluster } from "./cluster-english.ts";
import { englishDocuments } from "./documents-english.ts";
import { englishMissing } from "./missing-english.ts";
import { englishNodeFiles } from "./node-files-english.ts";
import { englishNodes } from "./nodes-english.ts";
import { englishPage } from "./page-english.ts";
import { englishParams } from "./params-english.ts";
import { englishRuns } from "./runs-english.ts";
import { englishSearch } from "./search-english.ts";
import { englishSettings } from "./settings-english.ts";
import { englishStart } from "./start-english.ts";
import { englishViewer } from "./viewer-english.ts";

/** What the page says, in English. Other languages have the same messages. */
export const english = {
  close: "Close",
  serverSilent: "The server is not responding. Restart it and try again.",
  serverRefused: "The server refused this.",
  nothingToPaste: "The clipboard holds no nodes and no picture.",
  actions: englishActions,
  ...englishAblation,
  ...englishCluster,
  ...englishDocuments,
  ...englishBrowse,
  ...englishApp,
  ...englishCanvas,
  ...englishMissing,
  ...englishNodeFiles,
  ...englishNodes,
  ...englishPage,
  ...englishParams,
  ...englishRuns,
  ...englishSearch,
  ...englishSettings,
  ...englishStart,
  ...englishViewer,
};

/** Every message; one with values is a function of them. */
export type Messages = typeof english;
