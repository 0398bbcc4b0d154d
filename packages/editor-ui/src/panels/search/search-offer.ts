import {
  type ColourRole,
  entryOf,
  type GraphDocument,
  type NodeTypeSpec,
} from "@insightgraph/engine/graph";
import { addNodeFile, titleOfFile } from "../../commands/node-files.ts";
import { keepVariant, subjectOf } from "../../commands/variant-actions.ts";
import { fittingEnds, fittingPorts, portOf } from "../../document/compatibility.ts";
import { type Converter, findConverters } from "../../document/converters.ts";
import { linkInto } from "../../document/edits.ts";
import { findReplacements } from "../../document/find-replacements.ts";
import { findInsertions } from "../../document/insert.ts";
import { replacedVariant, variantTypes } from "../../document/new-variant.ts";
import type { SearchItem } from "../../document/rank-items.ts";
import { lostNames, type Replacement, replaceNode } from "../../document/replace.ts";
import { titleAt, titleOf, toWords } from "../../document/variant.ts";
import { categoryName } from "../../messages/catalogue-names.ts";
import { words } from "../../messages/messages.ts";
import { insertNewNode, joinPort, placeNode } from "../../state/add-node.ts";
import {
  type EditorState,
  graphOf,
  type Search,
  type SearchTask,
} from "../../state/editor-state.ts";
import { portLook } from "../../state/port-look.ts";
import type { Workbench } from "../../state/workbench.ts";
import { recentTypes, rememberType } from "./recent-types.ts";

/** What the search popup lists, in the order without a query. */
export interface OfferedItem extends SearchItem {
  /** The heading it stands under without a query. */
  readonly group?: string;
  /** What choosing it costs, in place of its description. */
  readonly warning?: string;
  readonly role: ColourRole | undefined;
}

/** What the search popup offers for its task, and what becomes of a choice. */
export interface Offer {
  readonly kind: keyof typeof words.searchTasks;
  readonly items: readonly OfferedItem[];
  choose(id: string): void;
}

/**
 * What a search lists, and what it does with what is chosen.
 * @param nodeFiles the reusable nodes of the workspace
 */
export function offerOf(
  workbench: Workbench,
  { place, task }: Search,
  nodeFiles: readonly string[],
): Offer {
  const { editor } = workbench;
  const state = editor.store.get();
  const graph = graphOf(state);
  const { catalogue } = state;
  const specOf = (type: string) => entryOf(catalogue, type);
  switch (task.kind) {
    case "find":
      return {
        kind: "find",
        items: findItems(state, graph),
        choose: (id) => workbench.canvas()?.focusNode(id),
      };
    case "replace": {
      const typing = state.typing ?? { typeOf: () => undefined };
      const found = findReplacements(graph, catalogue, typing, task.id);
      return {
        kind: "replace",
        items: found.map((replacement) => replacementItem(state, graph, task.id, replacement)),
        choose(type) {
          const chosen = found.find(({ spec }) => spec.type === type);
          if (chosen !== undefined) editor.edit(replaceNode(task.id, chosen));
        },
      };
    }
    case "variant": {
      const subject = subjectOf(editor, task.id);
      const found = variantTypes(subject);
      return {
        kind: "variant",
        items: found.map((spec) => typeItem(state, spec)),
        choose(type) {
          const chosen = found.find((spec) => spec.type === type);
          if (chosen !== undefined) keepVariant(editor, replacedVariant(subject, chosen));
        },
      };
    }
    case "join":
      return {
        kind: "join",
        items: joinItems(state, graph, task),
        choose: (port) => joinPort(editor, task.from, task.node, port),
      };
    case "convert": {
      const found = findConverters(graph, catalogue, task.from, task.ends);
      return {
        kind: "convert",
        items: found.map((converter) => convertItem(state, converter, task.ends.length > 1)),
        choose(id) {
          const chosen = found.find((converter) => converterId(converter) === id);
          if (chosen !== undefined) insertNewNode(editor, chosen.spec, place, chosen);
        },
      };
    }
    case "insert": {
      const found = findInsertions(graph, catalogue, task.end);
      return {
        kind: "insert",
        items: [...found.keys()]
          .flatMap((type) => specOf(type) ?? [])
          .map((s) => typeItem(state, s)),
        choose(type) {
          const [spec, by] = [specOf(type), found.get(type)];
          const link = linkInto(graph, task.end);
          if (spec === undefined || by === undefined || link === undefined) return;
          insertNewNode(editor, spec, place, { link, end: task.end, by });
        },
      };
    }
    case "add":
      return {
        kind: task.from === undefined ? "add" : "addFitting",
        items: [...addItems(state, task), ...(task.from === undefined ? fileItems(nodeFiles) : [])],
        choose(type) {
          if (nodeFiles.includes(type)) {
            void addNodeFile(editor, type, place);
            return;
          }
          const spec = specOf(type);
          if (spec === undefined) return;
          rememberType(type);
          placeNode(editor, spec, place, task.from);
        },
      };
  }
}

function typeItem(state: EditorState, { type, title, category, doc }: NodeTypeSpec): OfferedItem {
  const englishTitle = state.englishTitles.get(type);
  return { id: type, title, englishTitle, category, doc, role: state.categoryRoles.get(category) };
}

/** A type for a node's place, with what the graph would lose by it. */
function replacementItem(
  state: EditorState,
  graph: GraphDocument,
  id: string,
  { spec, outputs, lost }: Replacement,
): OfferedItem {
  const links = lost.map(({ output, target, input }) =>
    target === id
      ? toWords(input)
      : `${toWords(output)} → ${titleAt(graph, target, state.catalogue)}`,
  );
  const names = lostNames(graph, id, spec, outputs);
  const warnings = [
    ...(links.length === 0 ? [] : [words.lostLinks(links.length, links.join(", "))]),
    ...(names.inputs.length === 0 ? [] : [words.lostInputs(names.inputs.map(toWords).join(", "))]),
    ...(names.outputs.length === 0
      ? []
      : [words.lostOutputs(names.outputs.map(toWords).join(", "))]),
  ];
  return {
    ...typeItem(state, spec),
    isPreferred: links.length === 0,
    group: links.length === 0 ? words.keepsLinks : words.losesLinks,
    ...(warnings.length === 0 ? {} : { warning: warnings.join(" ") }),
  };
}

function converterId({ spec, end }: Converter): string {
  return `${spec.type} → ${end.input}`;
}

/** @param isNamed whether it says at which input the link ends */
function convertItem(state: EditorState, converter: Converter, isNamed: boolean): OfferedItem {
  const item = typeItem(state, converter.spec);
  const title = isNamed ? `${item.title} → ${toWords(converter.end.input)}` : item.title;
  return { ...item, id: converterId(converter), title };
}

/** Reusable nodes of the workspace, by their files. */
function fileItems(files: readonly string[]): OfferedItem[] {
  return files.map((file) => {
    const title = titleOfFile(file);
    return { id: file, title, category: "", doc: "", role: undefined, group: words.savedNodes };
  });
}

function findItems(state: EditorState, graph: GraphDocument): OfferedItem[] {
  return Object.entries(graph.nodes).map(([id, node]) => {
    const spec = entryOf(state.catalogue, node.type);
    const category = spec?.category ?? "";
    const title = titleOf(node, state.catalogue);
    return {
      id,
      title,
      englishTitle: state.englishTitles.get(node.type),
      category: node.type,
      doc: spec?.title ?? "",
      role: state.categoryRoles.get(category),
    };
  });
}

/** The ports and params of a node at which a link could end, ports first. */
function joinItems(
  state: EditorState,
  graph: GraphDocument,
  { from, node }: Extract<SearchTask, { kind: "join" }>,
): OfferedItem[] {
  const { catalogue } = state;
  return fittingEnds(graph, catalogue, from, node).map((end) => {
    const doc = portOf(graph, catalogue, end)?.doc ?? "";
    const role = portLook(state, end)?.role;
    return { id: end.port, title: toWords(end.port), category: "", doc, role };
  });
}

/** Recent types first, then all by category; for a port, those that take the link at a port of their own. */
function addItems(
  state: EditorState,
  { from }: Extract<SearchTask, { kind: "add" }>,
): OfferedItem[] {
  const all = Object.values(state.catalogue);
  if (from !== undefined) {
    const fitting = fittingPorts(graphOf(state), state.catalogue, from);
    const isOwnPort = ({ type, params }: NodeTypeSpec) =>
      fitting.get(type)?.some((port) => entryOf(params, port) === undefined) === true;
    return all
      .filter(({ type }) => fitting.has(type))
      .map((spec) => ({ ...typeItem(state, spec), isPreferred: isOwnPort(spec) }))
      .sort(
        (a, b) => Number(b.isPreferred) - Number(a.isPreferred) || a.title.localeCompare(b.title),
      );
  }
  const recent = recentTypes().flatMap((type) => entryOf(state.catalogue, type) ?? []);
  const isRecent = new Set(recent);
  const others = all
    .filter((spec) => !isRecent.has(spec))
    .sort((a, b) => a.category.localeCompare(b.category) || a.title.localeCompare(b.title));
  return [
    ...recent.map((spec) => ({ ...typeItem(state, spec), group: words.recentNodes })),
    ...others.map((spec) => ({ ...typeItem(state, spec), group: categoryName(spec.category) })),
  ];
}
