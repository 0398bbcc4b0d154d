import type { ModelFamily } from "../family.ts";
import { patchAutoencoder } from "./autoencoder.ts";
import { fixedBridges, openSmartEditBridges } from "./bridges.ts";
import { isInsightEdit, openInsightEditPart } from "./checkpoint.ts";
import { wordComprehender } from "./comprehender.ts";
import { editDenoiser } from "./denoiser.ts";

/** InsightEdit's own small networks, which share one file. Source: InsightEdit (arXiv:2411.17323), figure 3. */
export const insightEdit: ModelFamily = {
  name: "InsightEdit",
  parts: {
    comprehender: {
      component: "mllm",
      reads: isInsightEdit,
      open: (component) => wordComprehender(openInsightEditPart(component, "mllm")),
    },
    bridges: {
      component: "bridges",
      reads: isInsightEdit,
      open: (component) => fixedBridges(openInsightEditPart(component, "bridges")),
    },
    denoiser: {
      component: "unet",
      reads: isInsightEdit,
      open: (component) => editDenoiser(openInsightEditPart(component, "unet")),
    },
    autoencoder: {
      component: "vae",
      reads: isInsightEdit,
      open: (component) => patchAutoencoder(openInsightEditPart(component, "vae")),
    },
  },
};

/** Full-size bridging networks, under SmartEdit's names. Source: SmartEdit (arXiv:2312.06739). */
export const smartEdit: ModelFamily = {
  name: "SmartEdit",
  parts: {
    bridges: {
      component: "bridges",
      reads: (component) => !isInsightEdit(component),
      open: openSmartEditBridges,
    },
  },
};
