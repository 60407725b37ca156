"use client";

import { createContext, type ReactNode, useContext } from "react";

const Context = createContext("");

/** Says which project everything below belongs to, so that actions run in the same project. */
export function ProjectProvider({ project, children }: { project: string; children: ReactNode }) {
  return <Context value={project}>{children}</Context>;
}

/** The project that this page shows. Every action sends it along, and is refused if another one has been opened since. */
export function useShownProject(): string {
  return useContext(Context);
}
