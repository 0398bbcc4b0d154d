import { entryOf, type GraphNode, type Issue, type NodeTypeSpec } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import { type ReactNode, useState } from "react";
import { fileUrl } from "../connection/files.ts";
import { hintSentence, whatSentence } from "../connection/issue-words.ts";
import { toUrl } from "../connection/preview-url.ts";
import { setParam } from "../document/edits.ts";
import { fieldOnNode } from "../document/measures.ts";
import { givesPictures } from "../document/pictures.ts";
import { plotOf } from "../document/table-plot.ts";
import { findTable } from "../document/text-table.ts";
import { settingOf, titleOf, toWords } from "../document/variant.ts";
import { BrowseButton } from "../fields/browse-button.tsx";
import { ParamField } from "../fields/param-field.tsx";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import type { NodeFacts } from "../state/node-facts.ts";
import { useStore } from "../state/store.ts";
import { NodeCurve } from "./node-curve.tsx";

interface NodeBodyProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec | undefined;
  readonly facts: NodeFacts;
}

/** What a person needs at hand: what went wrong, a picture, a sentence, one field. */
export function NodeBody({ editor, id, node, spec, facts }: NodeBodyProps): ReactNode {
  const { status } = facts;
  const isOff = status.kind === "bypassed" || status.kind === "muted";
  const field = spec === undefined ? undefined : fieldOnNode(spec);
  const isFed = field !== undefined && entryOf(node.inputs, field) !== undefined;
  return (
    <>
      {(status.kind === "failed" || status.kind === "unknown") && (
        <Failure editor={editor} issue={status.issue} />
      )}
      {spec !== undefined && field !== undefined && !isFed && (
        <NodeField editor={editor} id={id} node={node} spec={spec} name={field} />
      )}
      {!isOff && spec !== undefined && <NodePreview node={node} spec={spec} facts={facts} />}
    </>
  );
}

function Failure({ editor, issue }: { readonly editor: Editor; readonly issue: Issue }): ReactNode {
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const hint = hintSentence(issue, catalogue);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    const place = [issue.nodeId, issue.path].filter(Boolean).join(".");
    await navigator.clipboard?.writeText(`${issue.code} at ${place}: ${issue.what}\n${issue.hint}`);
    setCopied(true);
  };
  return (
    <div className="node-failure">
      <p className="node-failure-what">{whatSentence(issue, catalogue)}</p>
      <p className="node-failure-hint" title={hint}>
        {hint}
      </p>
      <button
        type="button"
        className="button node-copy"
        tabIndex={-1}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => void copy()}
      >
        {isCopied ? words.node.copied : words.node.copy}
      </button>
    </div>
  );
}

interface NodeFieldProps {
  readonly editor: Editor;
  readonly id: string;
  readonly node: GraphNode;
  readonly spec: NodeTypeSpec;
  readonly name: string;
}

function NodeField({ editor, id, node, spec, name }: NodeFieldProps): ReactNode {
  const title = useStore(editor.store, (state) => titleOf(node, state.catalogue));
  const param = spec.params[name];
  if (param === undefined) return null;
  return (
    <div className="node-field" onPointerDown={(event) => event.stopPropagation()}>
      <ParamField
        id={`canvas-${id}-${name}`}
        label={`${title}: ${toWords(name)}`}
        spec={param}
        value={settingOf(node, name, param)}
        isOnCanvas
        change={(value) => editor.edit(setParam(id, name, value), `param ${id} ${name}`)}
        end={editor.endStep}
      />
      <BrowseButton
        spec={param}
        value={settingOf(node, name, param)}
        isOnCanvas
        browse={editor.browse}
      />
    </div>
  );
}

interface NodePreviewProps extends Pick<NodeBodyProps, "node" | "facts"> {
  readonly spec: NodeTypeSpec;
}

function NodePreview({ node, spec, facts }: NodePreviewProps): ReactNode {
  const { previews: last, live } = facts;
  const file = sourceFile(node, spec);
  const picture = pictureOf(spec, last) ?? (live?.kind === "image" ? live : undefined);
  if (file !== undefined)
    return <Picture key={file} url={file} alt={words.node.file(spec.title)} />;
  if (picture !== undefined)
    return <Picture url={toUrl(picture)} alt={words.node.result(spec.title)} />;
  const text = [...Object.values(last), live].find((preview) => preview?.kind === "text");
  const isShown = text?.kind === "text" && Object.keys(spec.inputs).length > 0;
  return isShown ? <NodeText text={text.text} /> : null;
}

/** A text; a table whose rows count something up is drawn as a line. */
function NodeText({ text }: { readonly text: string }): ReactNode {
  const table = findTable(text);
  if (table !== undefined && plotOf(table)?.kind === "lines") return <NodeCurve table={table} />;
  return <p className="node-text">{text}</p>;
}

/** The picture among what a node gave; a tensor painted as one says little and is left out. */
function pictureOf(spec: NodeTypeSpec, previews: Readonly<Record<string, Preview>>) {
  for (const [name, { shape }] of Object.entries(spec.outputs)) {
    const preview = entryOf(previews, name);
    if (shape === undefined && preview?.kind === "image") return preview;
  }
  return undefined;
}

function Picture({ url, alt }: { readonly url: string; readonly alt: string }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return null;
  return (
    <img
      className="node-picture picture-fade"
      src={url}
      alt={alt}
      draggable={false}
      onError={() => setBroken(true)}
    />
  );
}

/** A node that opens a picture file shows that file at once, before any run. */
function sourceFile(node: GraphNode, spec: NodeTypeSpec): string | undefined {
  const field = fieldOnNode(spec);
  const param = field === undefined ? undefined : spec.params[field];
  if (!givesPictures(spec) || field === undefined || param?.kind !== "file") return undefined;
  const path = settingOf(node, field, param);
  return typeof path === "string" && path !== "" ? fileUrl(path) : undefined;
}
