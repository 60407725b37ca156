"use server";

import { defineAction } from "#lib/action.ts";
import {
  changeWebhookSecret,
  createWebhook,
  deleteWebhook,
  sendAgain,
  sendFailedAgain,
  setWebhookDisabled,
  tryWebhook,
  updateWebhook,
} from "#lib/webhooks/mutations.ts";
import {
  createWebhookSchema,
  deliverySchema,
  setWebhookDisabledSchema,
  updateWebhookSchema,
  webhookSchema,
} from "#lib/webhooks/schema.ts";

export const createWebhookAction = defineAction(createWebhookSchema, createWebhook);
export const updateWebhookAction = defineAction(updateWebhookSchema, updateWebhook);
export const setWebhookDisabledAction = defineAction(setWebhookDisabledSchema, setWebhookDisabled);
export const changeWebhookSecretAction = defineAction(webhookSchema, changeWebhookSecret);
export const deleteWebhookAction = defineAction(webhookSchema, deleteWebhook);
export const tryWebhookAction = defineAction(webhookSchema, tryWebhook);
export const sendAgainAction = defineAction(deliverySchema, sendAgain);
export const sendFailedAgainAction = defineAction(webhookSchema, sendFailedAgain);
