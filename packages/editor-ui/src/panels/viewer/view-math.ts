/** In px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies in its frame, and its scale: screen px for each px of the picture. */
export interface PictureView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

const smallestScale = 0.02;
const largestScale = 64;

/** The whole picture in the middle of its frame, as large as it fits. */
export function fitPicture(picture: Size, frame: Size): PictureView {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  return centred(picture, frame, scale);
}

/** The picture in the middle of its frame at a scale. */
export function centred(picture: Size, frame: Size, scale: number): PictureView {
  return {
    x: (frame.width - picture.width * scale) / 2,
    y: (frame.height - picture.height * scale) / 2,
    scale,
  };
}

/** Zooms so that what lies at a spot of the frame stays there. */
export function zoomAt(view: PictureView, factor: number, at: Spot): PictureView {
  const scale = Math.min(largestScale, Math.max(smallestScale, view.scale * factor));
  const grown = scale / view.scale;
  return { x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown, scale };
}

/** The px of the picture at a spot of the frame; undefined beside the picture. */
export function pixelAt(view: PictureView, picture: Size, at: Spot): Spot | undefined {
  const x = Math.floor((at.x - view.x) / view.scale);
  const y = Math.floor((at.y - view.y) / view.scale);
  const isInside = x >= 0 && y >= 0 && x < picture.width && y < picture.height;
  return isInside ? { x, y } : undefined;
}

/** Whether two pictures have one shape, so that one can lie on the other, whatever their sizes. */
export function hasSameShape(one: Size, other: Size): boolean {
  const ratio = (one.width * other.height) / (one.height * other.width);
  return Math.abs(ratio - 1) < 0.01;
}
