import type { ClassicPreset, GetSchemes } from "rete";
import type { Area2D, AreaPlugin } from "rete-area-plugin";

/** The types by which Rete knows nodes; links are drawn from the document. */
export type Schemes = GetSchemes<
  ClassicPreset.Node,
  ClassicPreset.Connection<ClassicPreset.Node, ClassicPreset.Node>
>;

/** The plugin that places nodes on the canvas, pans and zooms. */
export type Area = AreaPlugin<Schemes, Area2D<Schemes>>;
