import { z } from "zod";
import { SCOPES } from "#lib/auth/permissions.ts";
import { textSchema } from "#lib/validation.ts";

export const createApiKeySchema = z.object({
  name: textSchema(80).trim().min(1, "A key needs a name that says where it is used."),
  scopes: z.array(z.enum(SCOPES)).min(1, "Choose at least one scope."),
});
export type CreateApiKey = z.infer<typeof createApiKeySchema>;

export const apiKeySchema = z.object({ apiKey: z.uuid() });
