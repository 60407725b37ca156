import { useCallback, useEffect, useMemo, useRef } from "react";
import { type Camera, formatCamera, parseCamera, WHOLE } from "#components/graph/camera.ts";
import type { Picture } from "#components/graph/picture.ts";
import { findPlainLink } from "#components/ui/use-url-state.ts";

/** How long the camera has to rest before the address tells where it is. */
const REST_MS = 300;

/**
 * Keeps a picture's camera and the URL in step: the URL follows the camera once it rests, and the camera follows the URL
 * when Back or Forward changes it.
 * @param text the camera position that the URL holds.
 */
export function useCamera(picture: Picture | null, text: string | null, keep: (text: string | null) => void) {
  const camera = useMemo(() => parseCamera(text), [text]);
  const told = useRef(text);
  useEffect(() => {
    if (text !== told.current) picture?.moveCamera(camera ?? WHOLE);
    told.current = text;
  }, [picture, text, camera]);
  const keepCamera = useDebounced((state: Camera) => {
    told.current = formatCamera(state);
    keep(told.current);
  });
  return { camera, keepCamera };
}

/**
 * Calls `run` once no further call has come for a moment, and not at all after a link was followed: a change of the URL at
 * that moment would replace the page that is being opened.
 */
function useDebounced<T>(run: (value: T) => void): (value: T) => void {
  const latest = useRef(run);
  latest.current = run;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leaving = useRef(false);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (findPlainLink(event)) leaving.current = true;
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
