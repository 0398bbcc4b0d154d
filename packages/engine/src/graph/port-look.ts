import { entryOf } from "./catalogue.ts";
import { innermostOf } from "./port-type.ts";

/** Colours that a page's theme defines for port types, as the design tokens `--port-ROLE`. */
export type ColourRole =
  | "image"
  | "mask"
  | "text"
  | "mm-tokens"
  | "condition"
  | "feature"
  | "latent"
  | "model"
  | "number"
  | "dataset"
  | "score"
  | "other";

/** Outlines of sockets; they tell port types apart without colour. */
export type SocketShape =
  | "circle"
  | "square"
  | "frame"
  | "bar"
  | "diamond"
  | "triangle"
  | "hexagon"
  | "ring";

/** How an editor draws the sockets and links of a port type. */
export interface PortLook {
  readonly role: ColourRole;
  readonly shape: SocketShape;
}

/** What an editor knows of a port type, as plain data. */
export interface PortTypeSpec {
  /** Absent for a port type that declares none. */
  readonly look?: PortLook;
  /** Whether its values, such as loaded models, stay in the memory of the execution process. */
  readonly isResident?: true;
}

/** Port types by id, without lists and streams. */
export type PortCatalogue = Readonly<Record<string, PortTypeSpec>>;

const defaultLook: PortLook = { role: "other", shape: "circle" };

/**
 * The look of a port type. Lists and streams look like their items; a type that declares no look
 * shares that of its family (`model.mine` looks like `model.unet`), else it has the default one.
 */
export function lookOf(portTypes: PortCatalogue, type: string): PortLook {
  const id = innermostOf(type);
  const own = entryOf(portTypes, id)?.look;
  if (own !== undefined) return own;
  const family = familyOf(id);
  const relative = Object.entries(portTypes).find(
    ([other, { look }]) => look !== undefined && familyOf(other) === family,
  );
  return relative?.[1].look ?? defaultLook;
}

/** The part before the dot: `model` for `model.unet`. */
function familyOf(id: string): string {
  return id.split(".", 1).join();
}
