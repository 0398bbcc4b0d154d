import { entryOf, type GraphDocument, isParamInput, parseGraph } from "@insightgraph/engine/graph";
import { fileUrl, uploadFile } from "../connection/files.ts";
import { graphInFile } from "../connection/graph-in-file.ts";
import { describeThrown } from "../connection/issue-words.ts";
import type { Point } from "../document/edits.ts";
import { exampleText, sampleUrl } from "../examples/examples.ts";
import { words } from "../messages/messages.ts";
import { addPictureNode } from "../state/add-node.ts";
import type { Editor } from "../state/editor.ts";
import { failure } from "../state/failure.ts";

/** Opens a copy of a graph that ships, beside what is open. */
export async function openExample(editor: Editor, id: string): Promise<void> {
  await guard(editor, async () => {
    const text = await exampleText(id);
    if (text === undefined) throw new Error(words.noExample(id));
    await editor.openGraph(parseGraph(await withSamples(text)), titleOf(id));
  });
}

/** Opens a graph that edits a picture, a small scene or a photograph, at the words that say what to change. */
export async function editPicture(editor: Editor, file: File): Promise<void> {
  await guard(editor, async () => {
    const path = await uploadFile(file);
    const id = (await isSmallScene(file)) ? "insightedit" : "edit-photograph";
    const text = (await exampleText(id)) ?? "";
    const picture = `"path": ${JSON.stringify(path)}`;
    const graph = parseGraph(text.replace(/"path": "samples\/[^"]+"/, () => picture));
    await editor.openGraph(graph, file.name);
    await writeInto(graph, "instruction");
  });
}

/** How many frames the canvas may take to show a graph that was just opened. */
const framesToWait = 120;

/** Gives the keyboard to a text that a graph asks for by name, as soon as the canvas shows it. */
async function writeInto(graph: GraphDocument, name: string): Promise<void> {
  const input = graph.inputs?.[name];
  if (input === undefined || !isParamInput(input)) return;
  const text = entryOf(graph.nodes, input.node)?.params?.[input.param];
  for (let frame = 0; frame < framesToWait; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const field = document.getElementById(`canvas-${input.node}-${input.param}`);
    if (!(field instanceof HTMLTextAreaElement) || field.value !== text) continue;
    field.focus({ preventScroll: true });
    field.select();
    return;
  }
}

/** Where a file is dropped on the canvas, and how. */
export interface Drop {
  /** On the canvas. */
  readonly place: Point;
  /** Whether a picture is meant as such, whatever it contains. */
  readonly isPicture: boolean;
}

/** Opens whatever graph a file holds. A picture without one is edited, or becomes a node where it is dropped. */
export async function openFile(editor: Editor, file: File, drop?: Drop): Promise<void> {
  const task = async () => {
    const graph = drop?.isPicture === true ? undefined : await graphInFile(file);
    if (graph !== undefined) await editor.openGraph(graph, file.name);
    else if (drop !== undefined) addPictureNode(editor, await uploadFile(file), drop.place);
    else if (/^image\//.test(file.type)) await editPicture(editor, file);
    else throw new Error(words.noGraph);
  };
  await guard(editor, task, file.name);
}

/** Opens what the address of the page names after `#`, once. */
export async function openFromAddress(editor: Editor): Promise<void> {
  const asked = new URLSearchParams(location.hash.slice(1));
  const [example, file, url, dataset] = ["example", "file", "url", "dataset"].map((name) =>
    asked.get(name),
  );
  if (dataset) {
    editor.browse(dataset);
    return;
  }
  if (!example && !file && !url) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (example) await openExample(editor, example);
  else if (file) await editor.openFile(file);
  else if (url) await editor.openAddress(url);
}

function titleOf(id: string): string {
  const found: { readonly title: string } | undefined = Object.entries(words.examples).find(
    ([name]) => name === id,
  )?.[1];
  return found?.title ?? id;
}

/** The text with its sample pictures where this server can read them: its folder may be another one. */
async function withSamples(text: string): Promise<string> {
  let whole = text;
  for (const path of new Set(text.match(/samples\/[\w.-]+/g))) {
    const isThere = (await fetch(fileUrl(path))).ok;
    const url = isThere ? undefined : await sampleUrl(path);
    if (url === undefined) continue;
    const blob = await (await fetch(url)).blob();
    const stored = await uploadFile(new File([blob], path.slice("samples/".length)));
    whole = whole.replaceAll(JSON.stringify(path), JSON.stringify(stored));
  }
  return whole;
}

/** What the model that ships knows: square scenes of at most 512 pixels a side. */
async function isSmallScene(file: File): Promise<boolean> {
  try {
    const { width, height } = await createImageBitmap(file);
    return width === height && width <= 512;
  } catch {
    // The browser cannot show every format that the server reads.
    return false;
  }
}

/** @param file The file that is opened; told where that fails */
async function guard(editor: Editor, task: () => Promise<void>, file?: string): Promise<void> {
  try {
    await task();
  } catch (thrown) {
    const why = describeThrown(thrown);
    editor.notify(failure(thrown, file === undefined ? why : words.couldNotOpen(file, why)));
  }
}
