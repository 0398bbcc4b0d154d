import {
  type AblationAxis,
  entryOf,
  type GraphDocument,
  type NodeCatalogue,
  type NodeChange,
  subgraphName,
} from "@insightgraph/engine/graph";
import type { ReactNode } from "react";
import { moveVariant, removeVariant, renameVariant } from "../../document/axes.ts";
import type { AblationEdit } from "../../document/edit-ablation.ts";
import { titleOf, toWords } from "../../document/variant.ts";
import { words } from "../../messages/messages.ts";
import { NameField } from "./name-field.tsx";
import { OrderButtons } from "./order-buttons.tsx";

interface AxisVariantsProps {
  readonly document: GraphDocument;
  readonly catalogue: NodeCatalogue;
  readonly at: number;
  readonly axis: AblationAxis;
  edit(change: AblationEdit): void;
}

/** The variants of one axis, each with what it changes. */
export function AxisVariants(props: AxisVariantsProps): ReactNode {
  const { document, catalogue, at, axis, edit } = props;
  return (
    <ul className="axis-variants">
      {axis.variants.map(({ name, changes = [] }, variantAt) => (
        <li key={name} className="axis-variant">
          <NameField
            label={words.variantName}
            name={name}
            rename={(typed) => edit(renameVariant(at, variantAt, typed))}
          />
          <span className="quiet axis-changes">
            {changes.length === 0
              ? words.asItIs
              : changes.flatMap((change) => describe(change, document, catalogue)).join("; ")}
          </span>
          <OrderButtons
            name={name}
            at={variantAt}
            count={axis.variants.length}
            move={(by) => edit(moveVariant(at, variantAt, by))}
            removeLabel={words.removeVariant(name)}
            remove={() => edit(removeVariant(at, variantAt))}
          />
        </li>
      ))}
    </ul>
  );
}

/** What a change does, in words. */
function describe(
  { node: place, type, params = {}, bypassed, muted }: NodeChange,
  document: GraphDocument,
  catalogue: NodeCatalogue,
): string[] {
  const node = titleAt(place, document, catalogue);
  return [
    ...(type === undefined ? [] : [words.changedTo(node, catalogue[type]?.title ?? type)]),
    ...Object.entries(params).map(([param, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return words.changedParam(node, toWords(param), text);
    }),
    ...(bypassed === true ? [words.changedOff(node)] : []),
    ...(muted === true ? [words.changedMuted(node)] : []),
    ...(bypassed === false || muted === false ? [words.changedOn(node)] : []),
  ];
}

/** The title of the node at a place such as `graph:NAME/ID`. */
function titleAt(place: string, document: GraphDocument, catalogue: NodeCatalogue): string {
  const at = place.lastIndexOf("/");
  const name = at < 0 ? undefined : subgraphName(place.slice(0, at));
  const nodes = name === undefined ? document.nodes : entryOf(document.graphs, name)?.nodes;
  const node = entryOf(nodes, name === undefined ? place : place.slice(at + 1));
  return node === undefined ? place : titleOf(node, catalogue);
}
