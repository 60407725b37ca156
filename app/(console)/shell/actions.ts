"use server";

import { z } from "zod";
import { defineAction } from "#lib/action.ts";
import { signOutEverywhere } from "#lib/operators/mutations.ts";
import { chooseProject, createProject } from "#lib/projects/mutations.ts";
import { chooseProjectSchema, createProjectSchema } from "#lib/projects/schema.ts";

export const chooseProjectAction = defineAction(chooseProjectSchema, chooseProject);
export const createProjectAction = defineAction(createProjectSchema, createProject);
export const signOutEverywhereAction = defineAction(z.object({}), signOutEverywhere);
