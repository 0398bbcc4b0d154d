import sharp, { type OverlayOptions, type Sharp } from "sharp";
import type { Picture } from "../pictures/picture.ts";
import { type EditResult, isDone } from "./score-edits.ts";

/** An edit with the instruction that asked for it. */
export interface InstructedEdit extends EditResult {
  readonly instruction: string;
}

const [columns, side, gap, caption] = [3, 128, 6, 40];
const tile = { width: 3 * side + 2 * gap + 24, height: side + caption };

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

async function enlarge({ width, height, channels, data }: Picture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels } })
    .resize(side, side, { kernel: "cubic" })
    .png()
    .toBuffer();
}

function label(edit: InstructedEdit): Buffer {
  const isRight = isDone(edit);
  const [mark, colour] = isRight ? ["right", "#2f8f5b"] : ["wrong", "#c0392b"];
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${tile.width}" height="${caption}">` +
      `<text x="0" y="16" font-family="sans-serif" font-size="13" fill="#333">${escaped(edit.instruction)}</text>` +
      `<text x="0" y="32" font-family="sans-serif" font-size="11" fill="${colour}">${mark}</text></svg>`,
  );
}

async function tileOf(edit: InstructedEdit, index: number): Promise<OverlayOptions[]> {
  const left = (index % columns) * tile.width + gap;
  const top = Math.floor(index / columns) * tile.height + gap;
  const pictures = [edit.source, edit.result, edit.target].map(async (picture, at) => ({
    input: await enlarge(picture),
    left: left + at * (side + gap),
    top,
  }));
  return [...(await Promise.all(pictures)), { input: label(edit), left, top: top + side }];
}

function compose(tiles: readonly (readonly OverlayOptions[])[]): Sharp {
  const rows = Math.ceil(tiles.length / columns);
  const size = { width: columns * tile.width, height: rows * tile.height + gap };
  return sharp({ create: { ...size, channels: 3, background: "#ffffff" } }).composite(tiles.flat());
}

/** Edits as rows of source, result and true target, each under its instruction. */
export async function paintGallery(edits: readonly InstructedEdit[]): Promise<Picture> {
  const sheet = compose(await Promise.all(edits.map(tileOf)));
  const { data, info } = await sheet.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}
