import { z } from "zod";
import { textSchema } from "#lib/validation.ts";
import { WEBHOOK_EVENT_NAMES } from "#lib/webhooks/terms.ts";

const settings = {
  url: textSchema(2_000)
    .trim()
    .refine(isWebAddress, "Must be an http or https address, such as https://app.example.org/hooks.")
    .refine(
      (url) => !isWebAddress(url) || `${new URL(url).username}${new URL(url).password}` === "",
      "Must not contain a user name or password.",
    ),
  events: z.array(z.enum(WEBHOOK_EVENT_NAMES)).min(1, "Choose at least one event."),
};

export const createWebhookSchema = z.object(settings);
export type CreateWebhook = z.infer<typeof createWebhookSchema>;

export const updateWebhookSchema = z.object({ webhook: z.uuid(), ...settings });
export type UpdateWebhook = z.infer<typeof updateWebhookSchema>;

export const webhookSchema = z.object({ webhook: z.uuid() });
export type ChosenWebhook = z.infer<typeof webhookSchema>;

export const setWebhookDisabledSchema = z.object({ webhook: z.uuid(), disabled: z.boolean() });
export type SetWebhookDisabled = z.infer<typeof setWebhookDisabledSchema>;

export const deliverySchema = z.object({ webhook: z.uuid(), delivery: z.uuid() });
export type ChosenDelivery = z.infer<typeof deliverySchema>;

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
