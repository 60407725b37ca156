import { CheckboxGroup } from "#components/ui/checkbox-group.tsx";
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
      <CheckboxGroup
        legend="Events"
        name="events"
        choices={WEBHOOK_EVENT_NAMES.map((value) => ({
          value,
          about: WEBHOOK_EVENTS[value],
          isChosen: events.includes(value),
        }))}
        error={errors.events}
      />
    </>
  );
}

/** What the fields hold. */
export function readWebhookFields(form: HTMLFormElement) {
  const data = new FormData(form);
  return { url: data.get("url"), events: data.getAll("events") };
}
