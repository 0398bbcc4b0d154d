import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type SceneObject, sceneObjects } from "./scene-objects.ts";

/** Sets of pictures of the same objects; `docs/data-licences.md` names their makers. */
export const objectStyles = ["fluent-3d", "fluent-flat", "noto"] as const;
/** A set of pictures of the objects. */
export type ObjectStyle = (typeof objectStyles)[number];

/** The set that instructions bring objects from, and whose colours the catalogue names. */
export const catalogueStyle: ObjectStyle = "fluent-3d";

/** Side to which vector drawings are drawn, in pixels: twice what is kept of them. */
const drawnSide = 144;

const require = createRequire(import.meta.url);

/** The files of all objects in one style, in the catalogue's order. */
export async function readObjectPictures(style: ObjectStyle): Promise<readonly Uint8Array[]> {
  switch (style) {
    case "fluent-3d": {
      const folder = join(
        dirname(require.resolve("@lobehub/fluent-emoji-3d/package.json")),
        "assets",
      );
      const read = ({ codePoint }: SceneObject) => readFile(join(folder, `${codePoint}.webp`));
      return Promise.all(sceneObjects.map(read));
    }
    case "fluent-flat":
      return drawings({
        icons: require.resolve("@iconify-json/fluent-emoji-flat/icons.json"),
        names: require.resolve("@iconify-json/fluent-emoji-flat/chars.json"),
      });
    case "noto":
      return drawings({
        icons: require.resolve("@iconify-json/noto/icons.json"),
        names: require.resolve("@iconify-json/noto/chars.json"),
      });
  }
}

async function readJson<Content>(path: string): Promise<Content> {
  return JSON.parse(await readFile(path, "utf8")) as Content;
}

interface IconSet {
  readonly width: number;
  readonly height: number;
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
}

/** The files of a package of vector drawings: the drawings by name, and their names by code point. */
interface DrawingFiles {
  readonly icons: string;
  readonly names: string;
}

/** SVG documents from a package of vector drawings. */
async function drawings(files: DrawingFiles): Promise<readonly Uint8Array[]> {
  const [{ width, height, icons }, names] = await Promise.all([
    readJson<IconSet>(files.icons),
    readJson<Readonly<Record<string, string>>>(files.names),
  ]);
  return sceneObjects.map((object) => {
    const drawn = names[object.codePoint] ?? names[object.codePoint.replace("-fe0f", "")] ?? "";
    const body = icons[drawn]?.body;
    if (body === undefined) throw new RangeError(`${files.icons} has no drawing of ${object.name}`);
    const size = `width="${drawnSide}" height="${drawnSide}" viewBox="0 0 ${width} ${height}"`;
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${body}</svg>`);
  });
}
