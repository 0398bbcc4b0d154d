import type { ClassicPreset, GetSchemes } from "rete";
import type { AreaPlugin } from "rete-area-plugin";
import type { ReactArea2D } from "rete-react-plugin";
import type { PortEnd } from "../document/compatibility.ts";

export type ReteNode = ClassicPreset.Node;
export type ReteConnection = ClassicPreset.Connection<ReteNode, ReteNode>;
export type Schemes = GetSchemes<ReteNode, ReteConnection>;
export type Area = AreaPlugin<Schemes, ReactArea2D<Schemes>>;

/** What a drawn socket knows of itself: Rete asks for a name, the rest is ours. */
export interface PortSocket extends ClassicPreset.Socket {
  readonly end: PortEnd;
}
