import { useCallback, useEffect, useMemo, useRef } from "react";
import { type Camera, cameraFrom, cameraText, WHOLE } from "#components/graph/camera.ts";
import type { Picture } from "#components/graph/picture.ts";

/** How long the camera has to rest before the address tells where it is. */
const REST_MS = 300;

/**
 * Keeps a picture's camera and the address in step: the address follows the camera when it rests, and the camera follows
 * the address when Back or Forward changes it.
 * @param text where the address says that one looks from.
 */
export function useCamera(picture: Picture | null, text: string | null, keep: (text: string | null) => void) {
  const camera = useMemo(() => cameraFrom(text), [text]);
  const told = useRef(text);
  useEffect(() => {
    if (text !== told.current) picture?.look(camera ?? WHOLE);
    told.current = text;
  }, [picture, text, camera]);
  const keepCamera = useRested((state: Camera) => {
    told.current = cameraText(state);
    keep(told.current);
  });
  return { camera, keepCamera };
}

/**
 * Calls only when it has not been called again for a moment, and not at all once a link was followed: an address that
 * changes just then would take the place of the one that is being gone to.
 */
function useRested<T>(run: (value: T) => void): (value: T) => void {
  const latest = useRef(run);
  latest.current = run;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leaving = useRef(false);
  useEffect(() => {
    const onClick = ({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent) => {
      if (button !== 0 || ctrlKey || metaKey || shiftKey) return;
      if (target instanceof Element && target.closest("a[href]:not([target=_blank])")) leaving.current = true;
    };
    document.addEventListener("click", onClick, true);
    return () => {
      document.removeEventListener("click", onClick, true);
      clearTimeout(timer.current);
    };
  }, []);
  return useCallback((value: T) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => leaving.current || latest.current(value), REST_MS);
  }, []);
}
