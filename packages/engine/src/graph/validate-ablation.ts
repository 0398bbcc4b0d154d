import { EngineError, toWireError } from "../errors.ts";
import { applyChanges } from "./apply-changes.ts";
import type { NodeCatalogue } from "./catalogue.ts";
import type { AblationVariant, GraphDocument } from "./document.ts";
import { baselineOf, expandAxes } from "./expand-axes.ts";
import type { Issue } from "./issue.ts";
import { resolveLink } from "./resolve-link.ts";
import { catalogueFor } from "./subgraphs.ts";
import { validateGraph } from "./validate-graph.ts";

/** Names of the outputs for which something is there. */
function givenOutputs(graph: GraphDocument, catalogue: NodeCatalogue): ReadonlySet<string> {
  const known = catalogueFor(graph, catalogue);
  const given = Object.entries(graph.outputs ?? {}).filter(
    ([, link]) => resolveLink(graph, known, link) !== undefined,
  );
  return new Set(given.map(([name]) => name));
}

interface Unchanged {
  readonly issues: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}

const keyOf = ({ code, nodeId, path, what }: Issue): string =>
  [code, nodeId, path, what].join("\n");

function variantIssues(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { changes = [] }: AblationVariant,
  unchanged: Unchanged,
): readonly Issue[] {
  const changed = applyChanges(graph, catalogue, changes);
  const issues = validateGraph(changed, catalogue).filter(
    (issue) => !unchanged.issues.has(keyOf(issue)),
  );
  const given = givenOutputs(changed, catalogue);
  const lost = [...unchanged.outputs].filter((name) => !given.has(name));
  const hint = "Bypass a node that has an input of the same type, or change another one.";
  return [
    ...issues,
    ...lost.map((name): Issue => {
      return { code: "graph.ablation", what: `nothing is left to give "${name}"`, hint };
    }),
  ];
}

/**
 * What is wrong with a graph's ablation: its axes, and each variant by itself, so that it takes one validation for each
 * variant, however many cells there are. Issues that the graph has without its variants are left out.
 */
export function validateAblation(graph: GraphDocument, catalogue: NodeCatalogue): Issue[] {
  const { ablation } = graph;
  if (ablation === undefined) return [];
  const unchanged: Unchanged = {
    issues: new Set(validateGraph(graph, catalogue).map(keyOf)),
    outputs: givenOutputs(graph, catalogue),
  };
  const found: Issue[] = [];
  const collect = (place: string, issuesOf: () => readonly Issue[]): void => {
    try {
      found.push(...issuesOf().map((issue) => ({ ...issue, what: `${place}${issue.what}` })));
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      const issue = toWireError(thrown);
      found.push({ ...issue, what: `${place}${issue.what}` });
    }
  };
  collect("", () => {
    baselineOf(ablation, expandAxes(ablation));
    return [];
  });
  for (const { name: axis, variants } of ablation.axes) {
    for (const variant of variants) {
      collect(`${axis} "${variant.name}": `, () => {
        return variantIssues(graph, catalogue, variant, unchanged);
      });
    }
  }
  return found;
}
