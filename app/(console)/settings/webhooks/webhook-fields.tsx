import { Field, TextInput } from "#components/ui/field.tsx";
import { WEBHOOK_EVENT_NAMES, WEBHOOK_EVENTS } from "#lib/webhooks/terms.ts";

interface WebhookFieldsProps {
  errors: Record<string, string>;
  url?: string;
  events?: readonly string[];
}

/** Where a webhook leads, and of what it is told. */
export function WebhookFields({ errors, url, events = WEBHOOK_EVENT_NAMES }: WebhookFieldsProps) {
  return (
    <>
      <Field label="Address" hint="Where your application takes in POST requests." error={errors.url}>
        {(control) => <TextInput {...control} name="url" inputMode="url" autoComplete="off" defaultValue={url} />}
      </Field>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 text-xs font-medium text-soft">Events</legend>
        {WEBHOOK_EVENT_NAMES.map((event) => (
          <label key={event} className="flex flex-wrap items-center gap-x-2">
            <input
              type="checkbox"
              name="events"
              value={event}
              defaultChecked={events.includes(event)}
              className="size-4 accent-river"
            />
            <span className="font-mono text-xs">{event}</span>
            <span className="text-soft">{WEBHOOK_EVENTS[event]}</span>
          </label>
        ))}
        {errors.events ? <p className="text-xs font-medium text-risk">{errors.events}</p> : null}
      </fieldset>
    </>
  );
}

/** What the fields hold. */
export function readWebhookFields(form: HTMLFormElement) {
  const data = new FormData(form);
  return { url: data.get("url"), events: data.getAll("events") };
}
