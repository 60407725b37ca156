"use server";

import { defineAction } from "#lib/action.ts";
import { keepPlaces, recordExport } from "#lib/graph/view/picture/mutations.ts";
import { keepPlacesSchema, recordExportSchema } from "#lib/graph/view/picture/schema.ts";

export const keepPlacesAction = defineAction(keepPlacesSchema, keepPlaces, { keepPage: true });
export const recordExportAction = defineAction(recordExportSchema, recordExport, { keepPage: true });
