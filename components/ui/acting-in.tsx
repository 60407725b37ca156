"use client";

import { createContext, type ReactNode, useContext } from "react";

const Context = createContext("");

/** Says in which project everything below was shown, so that it is also where it acts. */
export function ActingIn({ project, children }: { project: string; children: ReactNode }) {
  return <Context value={project}>{children}</Context>;
}

/** The project that this page shows. Every action sends it along, and is refused if another one has been opened since. */
export function useActingIn(): string {
  return useContext(Context);
}
