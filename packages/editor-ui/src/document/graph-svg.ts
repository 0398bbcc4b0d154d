import { entryOf, type GraphDocument, type NodeCatalogue } from "@insightgraph/engine/graph";
import { type Box, boundsOf, grown, linkPath, nodeBoxes, placeOf, portOffset } from "./boxes.ts";
import { inputNames } from "./input-names.ts";
import { stopsOf } from "./link-stops.ts";
import { linksOf } from "./links.ts";
import { measures } from "./measures.ts";
import type { PortEnd } from "./port-end.ts";
import { titleOf, toWords } from "./variant.ts";

/** What a drawing needs beside the graph: colours as CSS values. */
export interface SvgLook {
  readonly catalogue: NodeCatalogue;
  portColour(end: PortEnd): string;
  categoryColour(type: string): string;
}

const ink = { node: "#ffffff", line: "#c3c9d2", text: "#1b1f26", muted: "#59616e" } as const;

/** A graph as a drawing for papers: SVG that stands alone, light, with text as text. */
export function graphSvg(graph: GraphDocument, look: SvgLook): string {
  const boxes = bodiless(graph, look.catalogue);
  const bounds = grown(boundsOf(boxes.values()) ?? { x: 0, y: 0, width: 0, height: 0 }, 24);
  const { x, y, width, height } = bounds;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="Inter, system-ui, sans-serif" font-size="12">`;
  const links = linksOf(graph).map((link) => linkSvg(graph, look, link));
  const nodes = [...boxes].map(([id, box]) => nodeSvg(graph, look, id, box));
  return `${[head, `<title>${escapeXml(graph.name ?? "")}</title>`, ...links, ...nodes].join("\n")}\n</svg>\n`;
}

/** Nodes as high as their ports: a drawing shows no pictures and no fields. */
function bodiless(graph: GraphDocument, catalogue: NodeCatalogue): Map<string, Box> {
  const boxes = nodeBoxes(graph, catalogue);
  for (const [id, box] of boxes) {
    const { inputs, outputs } = portsOf(graph, catalogue, id);
    const rows = Math.max(inputs.length, outputs.length);
    const height = measures.header + rows * measures.row + measures.padding;
    boxes.set(id, { ...box, height });
  }
  return boxes;
}

function portsOf(graph: GraphDocument, catalogue: NodeCatalogue, id: string) {
  const node = entryOf(graph.nodes, id);
  const spec = entryOf(catalogue, node?.type ?? "");
  return { inputs: inputNames(node, spec), outputs: Object.keys(spec?.outputs ?? {}) };
}

function linkSvg(
  graph: GraphDocument,
  { catalogue, portColour }: SvgLook,
  link: ReturnType<typeof linksOf>[number],
): string {
  const from: PortEnd = { node: link.source, side: "output", port: link.output };
  const to: PortEnd = { node: link.target, side: "input", port: link.input };
  const path = linkPath(
    portPlace(graph, catalogue, from),
    portPlace(graph, catalogue, to),
    stopsOf(entryOf(graph.nodes, link.target), link.input),
  );
  return `<path d="${path}" fill="none" stroke="${portColour(from)}" stroke-width="2"/>`;
}

function portPlace(graph: GraphDocument, catalogue: NodeCatalogue, end: PortEnd) {
  const place = placeOf(graph, end.node);
  const offset = portOffset(graph, catalogue, end);
  return { x: place.x + offset.x, y: place.y + offset.y };
}

function nodeSvg(graph: GraphDocument, look: SvgLook, id: string, box: Box): string {
  const node = entryOf(graph.nodes, id);
  if (node === undefined) return "";
  const { x, y, width, height } = box;
  const isOff = node.bypassed === true || node.muted === true;
  const dashes = isOff ? ' stroke-dasharray="4 3" opacity="0.55"' : "";
  const middle = y + measures.header / 2;
  const { inputs, outputs } = portsOf(graph, look.catalogue, id);
  const ports = [
    ...inputs.map((port) => portSvg(graph, look, { node: id, side: "input", port })),
    ...outputs.map((port) => portSvg(graph, look, { node: id, side: "output", port })),
  ];
  return [
    `<g>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${ink.node}" stroke="${ink.line}"${dashes}/>`,
    `<rect x="${x + 12}" y="${middle - 4}" width="9" height="9" rx="2" fill="${look.categoryColour(node.type)}"/>`,
    `<text x="${x + 29}" y="${middle + 4}" fill="${ink.text}" font-weight="600">${escapeXml(titleOf(node, look.catalogue))}</text>`,
    ...ports,
    `</g>`,
  ].join("\n");
}

function portSvg(graph: GraphDocument, look: SvgLook, end: PortEnd): string {
  const { x, y } = portPlace(graph, look.catalogue, end);
  const isInput = end.side === "input";
  const anchor = isInput ? `x="${x + 12}"` : `x="${x - 12}" text-anchor="end"`;
  return [
    `<circle cx="${x}" cy="${y}" r="4" fill="${look.portColour(end)}"/>`,
    `<text ${anchor} y="${y + 4}" fill="${ink.muted}">${escapeXml(toWords(end.port))}</text>`,
  ].join("\n");
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
