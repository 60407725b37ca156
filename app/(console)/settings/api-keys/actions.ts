"use server";

import { defineAction } from "#lib/action.ts";
import { createApiKey, revokeApiKey } from "#lib/api-keys/mutations.ts";
import { apiKeySchema, createApiKeySchema } from "#lib/api-keys/schema.ts";

export const createApiKeyAction = defineAction(createApiKeySchema, createApiKey);
export const revokeApiKeyAction = defineAction(apiKeySchema, revokeApiKey);
