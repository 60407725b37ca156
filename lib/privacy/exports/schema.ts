import { z } from "zod";

/** Of whom a copy is made. */
export const createExportSchema = z.object({ user: z.uuid() });

/** Which copy is taken back. */
export const revokeExportSchema = z.object({ user: z.uuid(), dataExport: z.uuid() });

/** What a link carries behind its `#`, which no server sees unless it is sent. */
export const exportTokenSchema = z.object({ token: z.string().regex(/^[\w-]{43}$/, "This is not the whole link.") });
