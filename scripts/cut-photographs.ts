/**
 * Cuts the background photographs out of wallpapers and textures: `cut-photographs.ts FOLDER [OUT]`.
 * FOLDER holds each Debian package of the table unpacked (`dpkg -x`) in a folder of the package's name;
 * `0textures.pk3` of ufoai-textures, a zip archive, is unpacked at the top of that package's folder.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

/** Left in widths of the picture, top in its heights, side in its shorter sides. */
type Crop = readonly [left: number, top: number, side: number];

interface Source {
  /** Folder under FOLDER. */
  readonly folder: string;
  /** Standard deviation, in pixels of the scaled crop, of the blur that keeps a background calm. */
  readonly blur: number;
  /** Name of the crops' files -> picture in the folder and its crops. */
  readonly pictures: Readonly<Record<string, readonly [file: string, ...crops: readonly Crop[]]>>;
}

const side = 160;
const whole: Crop = [0, 0, 1];
const near: Crop = [0.2, 0.2, 0.55];

const sources: readonly Source[] = [
  {
    folder: "budgie-backgrounds/usr/share/backgrounds/budgie",
    blur: 0.5,
    pictures: {
      "city-dusk": [
        "beacon-street-sunset.jpg",
        [0.08, 0, 0.32],
        [0.42, 0, 0.34],
        [0.74, 0.03, 0.3],
      ],
      "pale-rock": ["canyon-wren.jpg", [0.3, 0.6, 0.4], [0.55, 0, 0.4], [0.75, 0.3, 0.44]],
      "red-dune": [
        "extreme-desert-hike.jpg",
        [0.02, 0.46, 0.38],
        [0.5, 0.42, 0.56],
        [0.62, 0.12, 0.5],
        [0.42, 0.72, 0.28],
        [0.1, 0.36, 0.36],
      ],
      "teal-sky": ["high-trestle-trail.jpg", [0.25, 0.12, 0.28], [0, 0.33, 0.34]],
      "mountain-lake": [
        "lake-sherburne.jpg",
        whole,
        [0.43, 0, 1],
        [0.1, 0.78, 0.22],
        [0.6, 0.78, 0.22],
        [0.6, 0.02, 0.38],
        [0.35, 0.3, 0.7],
      ],
      "river-bank": [
        "oakland-zoo-otters.jpg",
        [0.05, 0.68, 0.32],
        [0.22, 0.68, 0.32],
        [0.62, 0.02, 0.34],
        [0.79, 0.02, 0.36],
      ],
      "pine-wood": ["perched-osprey.jpg", [0, 0, 0.5], [0.44, 0, 0.3], [0.42, 0.72, 0.28]],
      "summer-cloud": ["roman-colosseum.jpg", [0.72, 0.3, 0.48], [0.7, 0, 0.45]],
      "city-bay": [
        "singaporean-cityscape.jpg",
        [0.22, 0.59, 0.41],
        [0.62, 0.6, 0.4],
        [0.02, 0, 0.23],
        [0.35, 0, 0.24],
      ],
      "tea-hill": [
        "tea-gardens.jpg",
        [0.05, 0.25, 0.6],
        [0.4, 0.5, 0.5],
        [0.5, 0.1, 0.55],
        [0, 0.6, 0.4],
      ],
    },
  },
  {
    folder: "lomiri-wallpapers-16.04/usr/share/backgrounds",
    blur: 0.5,
    pictures: {
      "autumn-meadow": [
        "aitzgorri_by_Aitzol_Berasategi.jpg",
        whole,
        [0.1, 0.64, 0.36],
        [0.45, 0.66, 0.34],
        [0.25, 0.1, 0.45],
        [0, 0.25, 0.6],
      ],
      "white-boards": [
        "friends_by_Aitzol_Berasategi.jpg",
        [0.56, 0, 0.42],
        [0.66, 0.45, 0.22],
        [0, 0.62, 0.4],
      ],
      "grey-ridge": [
        "picosdeeuropa_by_Aitzol_Berasategi.jpg",
        [0, 0, 0.6],
        [0.45, 0.1, 0.54],
        [0.55, 0.5, 0.38],
      ],
      "hill-sunset": [
        "sunset_by_Aitzol_Berasategi.jpg",
        [0.05, 0, 0.5],
        [0.2, 0.05, 0.8],
        [0.2, 0.6, 0.38],
        [0.6, 0, 0.55],
      ],
      "grey-plaster": ["Picture_0B_by_freespace.jpg", [0.02, 0.62, 0.36]],
      "evening-grass": [
        "seeding_by_Clements_Engelhardt.jpg",
        [0.46, 0.05, 0.5],
        [0.7, 0.3, 0.5],
        [0.4, 0.5, 0.5],
      ],
      "warm-floor": ["Wine_by_Jakkub_Mede.jpg", [0.77, 0.75, 0.22]],
    },
  },
  {
    folder: "lomiri-wallpapers-16.04/usr/share/backgrounds",
    blur: 1.2,
    pictures: {
      "forest-stream": ["life_by_Aitzol_Berasategi.jpg", [0.05, 0, 0.5], [0.62, 0.5, 0.5]],
    },
  },
  {
    folder: "mypaint-data-extras/usr/share/mypaint/backgrounds",
    blur: 0.3,
    pictures: {
      cork: ["ramon/HR_Cork.png", whole],
      "green-paper": ["mrmamurk/mamurk_a_2.png", whole, near],
      "peach-paper": ["mrmamurk/mamurk_f_1.png", whole, near],
      "rough-paper": ["ramon/HR_RoughPaper.png", near],
    },
  },
  {
    folder: "ufoai-textures/textures",
    blur: 0.7,
    pictures: {
      asphalt: ["tex_buildings/floor005.png", near],
      "blue-steel": ["tex_material/metall006.jpg", whole],
      "brown-boards": ["tex_material/wood003.png", whole, near],
      "brown-cliff": ["tex_nature/rock017.png", whole, near],
      "brown-soil": ["tex_nature/dirt003.png", whole, near],
      "dark-grass": ["tex_nature/jungle001.png", whole],
      "fresh-grass": ["tex_nature/jungle002.png", whole, near],
      "green-tiles": ["tex_buildings/tile03.png", whole],
      "grey-cliff": ["tex_nature/rock018.png", whole, near],
      "grey-tiles": ["tex_buildings/tile02.png", whole],
      "ice-wall": ["tex_nature/ice001.jpg", whole],
      "marble-tiles": ["tex_buildings/tile01.png", whole],
      "pale-metal": ["tex_tech/pc_b.jpg", whole],
      "plain-wood": ["tex_material/s_wood003.png", whole],
      "red-floor": ["tex_buildings/floor_wood01.png", whole, near],
      "sand-ripples": ["tex_nature/desert009.png", whole, near],
      "stone-paving": ["tex_buildings/paving001.png", whole, near],
      "dark-bricks": ["tex_trak/trak4_brick2a.png", whole],
      "grey-concrete": ["tex_trak/trak4_concrete5a.png", whole, near],
      "mossy-bricks": ["tex_trak/trak4_brick1.png", near],
      "painted-plaster": ["tex_trak/trak4_plaster3c-3.png", whole],
      "rusty-concrete": ["tex_trak/trak4_concrete1b.png", near],
      "stained-concrete": ["tex_trak/trak4_concrete4b.png", whole],
    },
  },
];

const photographs = fileURLToPath(
  new URL("../packages/editing/data/photographs/", import.meta.url),
);
const [folder, out = photographs] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: cut-photographs.ts FOLDER [OUT]; FOLDER holds the unpacked packages.");
  process.exit(1);
}
await mkdir(out, { recursive: true });
for (const source of sources) {
  for (const [name, [file, ...crops]] of Object.entries(source.pictures)) {
    const path = join(folder, source.folder, file);
    for (const [index, crop] of crops.entries()) {
      await cut(path, crop, source.blur, join(out, `${name}-${index + 1}.webp`));
    }
  }
}

async function cut(path: string, crop: Crop, blur: number, target: string): Promise<void> {
  const { width, height } = await sharp(path).metadata();
  const [left, top] = [Math.round(crop[0] * width), Math.round(crop[1] * height)];
  const wanted = Math.round(crop[2] * Math.min(width, height));
  const size = Math.min(wanted, width - left, height - top);
  await sharp(path)
    .extract({ left, top, width: size, height: size })
    .resize(side, side, { kernel: "lanczos3" })
    .removeAlpha()
    .toColourspace("srgb")
    .blur(blur)
    .webp({ quality: 80, effort: 6 })
    .toFile(target);
}
