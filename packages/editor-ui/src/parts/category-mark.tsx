import type { ColourRole } from "@insightgraph/engine/graph";
import type { CSSProperties, ReactNode } from "react";

/** The theme's colour of a role, as a CSS value. */
export function roleColour(role: ColourRole): string {
  return `var(--port-${role})`;
}

/** The small square before a node's title, in its category's colour. */
export function CategoryMark({
  role = "other",
}: {
  readonly role: ColourRole | undefined;
}): ReactNode {
  const style: CSSProperties = { background: roleColour(role) };
  return <span className="category" style={style} />;
}
