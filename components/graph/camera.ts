/** Where one looks from: the middle of the picture in its own measure, and how much of it is in sight. */
export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

/** Where one looks from to see everything. */
export const WHOLE: Camera = { x: 0.5, y: 0.5, ratio: 1 };

/** A camera as an address tells it. @returns null for a look at the whole, which an address does not tell. */
export function cameraText(camera: Camera): string | null {
  const text = textOf(camera);
  return text === textOf(WHOLE) ? null : text;
}

/** @returns null where the text tells of no camera. */
export function cameraFrom(text: string | null): Camera | null {
  const [x, y, ratio] = (text ?? "").split("_").map(Number);
  if (x === undefined || y === undefined || ratio === undefined || !(ratio > 0) || !Number.isFinite(x + y + ratio))
    return null;
  return { x, y, ratio };
}

function textOf({ x, y, ratio }: Camera): string {
  return [x, y, ratio].map((number) => number.toFixed(3)).join("_");
}
