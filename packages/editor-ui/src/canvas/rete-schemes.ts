import type { ClassicPreset, GetSchemes } from "rete";
import type { AreaPlugin } from "rete-area-plugin";
import type { ReactArea2D } from "rete-react-plugin";
import type { PortEnd } from "../document/compatibility.ts";

/** A node as Rete sees it: an id and no ports. */
export type ReteNode = ClassicPreset.Node;
/** A link of the document as Rete sees it. */
export type ReteConnection = ClassicPreset.Connection<ReteNode, ReteNode>;
/** The types by which Rete and its plugins know nodes and connections. */
export type Schemes = GetSchemes<ReteNode, ReteConnection>;
/** The plugin that places nodes on the canvas. */
export type Area = AreaPlugin<Schemes, ReactArea2D<Schemes>>;

/** What a drawn socket knows of itself: Rete asks for a name, the rest is ours. */
export interface PortSocket extends ClassicPreset.Socket {
  readonly end: PortEnd;
}
