/** The camera: the point in the middle of the view, in the picture's own units, and how much is visible. */
export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

/** Where one looks from to see everything. */
export const WHOLE: Camera = { x: 0.5, y: 0.5, ratio: 1 };

/** A camera as the URL holds it. @returns null for the default camera, which the URL leaves out. */
export function formatCamera(camera: Camera): string | null {
  const text = formatNumbers(camera);
  return text === formatNumbers(WHOLE) ? null : text;
}

/** @returns null when the text holds no camera. */
export function parseCamera(text: string | null): Camera | null {
  const [x, y, ratio] = (text ?? "").split("_").map(Number);
  if (x === undefined || y === undefined || ratio === undefined || !(ratio > 0) || !Number.isFinite(x + y + ratio))
    return null;
  return { x, y, ratio };
}

function formatNumbers({ x, y, ratio }: Camera): string {
  return [x, y, ratio].map((number) => number.toFixed(3)).join("_");
}
