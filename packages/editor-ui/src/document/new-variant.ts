import {
  entryOf,
  type GraphDocument,
  type Json,
  type NodeCatalogue,
  type NodeTypeSpec,
  subgraphType,
  validateAblation,
} from "@insightgraph/engine/graph";
import type { NewVariant } from "./add-variant.ts";
import type { Switch } from "./edits.ts";
import { graphAt, isPortNode, type Level, subgraphAt } from "./levels.ts";
import { settingOf, titleOf, toWords } from "./variant.ts";

/** Where a node of the open level stands in its document, as changes of variants name it. */
export function placeIn(document: GraphDocument, level: Level, id: string): string {
  const name = subgraphAt(document, level);
  return name === undefined ? id : `${subgraphType(name)}/${id}`;
}

/** What a change can be made to. */
export interface VariantSubject {
  readonly document: GraphDocument;
  readonly level: Level;
  readonly catalogue: NodeCatalogue;
  readonly id: string;
}

/** A variant in which another node type takes a node's place. */
export function replacedVariant(subject: VariantSubject, spec: NodeTypeSpec): NewVariant {
  const { node, title, place, own } = aboutNode(subject);
  return {
    axis: title,
    asItIs: { name: own?.title ?? node?.type ?? title },
    name: spec.title,
    change: { node: place, type: spec.type },
  };
}

/** What a variant is called in which a node is switched off, and the one in which it is not. */
export interface SwitchNames {
  without(title: string): string;
  with(title: string): string;
}

/** A variant in which a node is bypassed or muted. */
export function switchedVariant(
  subject: VariantSubject,
  name: Switch,
  names: SwitchNames,
): NewVariant {
  const { title, place } = aboutNode(subject);
  return {
    axis: title,
    asItIs: { name: names.with(title) },
    name: names.without(title),
    change: { node: place, [name]: true },
  };
}

/** A variant in which a param has another value. */
export function paramVariant(subject: VariantSubject, param: string, value: Json): NewVariant {
  const { node, place, own } = aboutNode(subject);
  const spec = entryOf(own?.params, param);
  const before = node === undefined || spec === undefined ? null : settingOf(node, param, spec);
  const nameOf = (one: Json): string => `${toWords(param)} ${textOf(one)}`;
  return {
    axis: toWords(param),
    asItIs: { name: nameOf(before), changes: [{ node: place, params: { [param]: before } }] },
    name: nameOf(value),
    change: { node: place, params: { [param]: value } },
  };
}

const maxNameLength = 60;

function textOf(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > maxNameLength ? `${text.slice(0, maxNameLength)}…` : text;
}

function aboutNode({ document, level, catalogue, id }: VariantSubject) {
  const node = entryOf(graphAt(document, level).nodes, id);
  return {
    node,
    own: entryOf(catalogue, node?.type ?? ""),
    title: node === undefined ? id : titleOf(node, catalogue),
    place: placeIn(document, level, id),
  };
}

/** The types that a node may have in a variant: nothing is then missing, and every output is still given. */
export function variantTypes(subject: VariantSubject): readonly NodeTypeSpec[] {
  const { document, level, catalogue, id } = subject;
  const { nodes } = graphAt(document, level);
  const node = entryOf(nodes, id);
  const place = placeIn(document, level, id);
  const given = Object.keys(node?.inputs ?? {});
  return Object.values(catalogue).filter((spec) => {
    if (spec.type === node?.type || isPortNode(spec.type)) return false;
    const isFed = Object.entries(spec.inputs).every(
      ([name, port]) => port.optional === true || given.includes(name),
    );
    // A type that takes nothing of what flows in is another graph, not a variant.
    const isLinked = given.length === 0 || given.some((name) => spec.inputs[name] !== undefined);
    if (!isFed || !isLinked) return false;
    const variants = [{ name: spec.type, changes: [{ node: place, type: spec.type }] }];
    const ablation = { axes: [{ name: "type", variants }] };
    return validateAblation({ ...document, ablation }, catalogue).length === 0;
  });
}
