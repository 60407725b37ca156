"use server";

import { defineAction } from "#lib/action.ts";
import { keepPlaces, recordExport } from "#lib/graph/view/picture/mutations.ts";
import { exportSchema, placesSchema } from "#lib/graph/view/picture/schema.ts";

export const keepPlacesAction = defineAction(placesSchema, keepPlaces, { keepPage: true });
export const recordExportAction = defineAction(exportSchema, recordExport, { keepPage: true });
