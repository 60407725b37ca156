/** What a webhook can be told of, with the words the console shows for it. */
export const WEBHOOK_EVENTS = {
  "request.received": "A privacy request was filed",
  "subject.erased": "A person was erased",
} as const;
export type WebhookEvent = keyof typeof WEBHOOK_EVENTS;
export const WEBHOOK_EVENT_NAMES = Object.keys(WEBHOOK_EVENTS).filter(
  (name): name is WebhookEvent => name in WEBHOOK_EVENTS,
);

/** What is sent to try whether a webhook works. */
export const TRIAL_EVENT = "webhook.tried";

/** Whether an event is on its way, has arrived, or was given up. */
export const DELIVERY_STATES = ["waiting", "arrived", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * Seconds from each attempt that failed to the next: the schedule that the Standard Webhooks specification recommends
 * (version 1.0.0, "Retries"). After the last it is given up.
 */
export const RETRY_DELAYS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** How long the secret before signs beside the new one. */
export const FORMER_SECRET_HOURS = 24;

/** How long what was sent is kept, and how many of it the log shows. */
export const DELIVERY_DAYS = 30;
export const MOST_DELIVERIES = 100;
