import { Field, TextArea, TextInput } from "#components/ui/field.tsx";
import { formatJson } from "#lib/json.ts";

interface UserFieldsProps {
  errors: Record<string, string>;
  values?: { email: string | null; firstName: string | null; lastName: string | null; metadata: unknown };
  /** What is stored now, per field, where someone else has changed it meanwhile. */
  storedNow?: Record<string, string>;
}

/** The fields of a user's record that can be edited. */
export function UserFields({ errors, values, storedNow = {} }: UserFieldsProps) {
  const describeStoredValue = (field: string) =>
    field in storedNow ? `Stored now: ${storedNow[field] || "empty"}` : undefined;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="First name" optional error={errors.firstName} hint={describeStoredValue("firstName")}>
          {(control) => (
            <TextInput
              {...control}
              name="firstName"
              defaultValue={values?.firstName ?? ""}
              autoComplete="off"
              dir="auto"
            />
          )}
        </Field>
        <Field label="Last name" optional error={errors.lastName} hint={describeStoredValue("lastName")}>
          {(control) => (
            <TextInput
              {...control}
              name="lastName"
              defaultValue={values?.lastName ?? ""}
              autoComplete="off"
              dir="auto"
            />
          )}
        </Field>
      </div>
      <Field label="E-mail" optional error={errors.email} hint={describeStoredValue("email")}>
        {(control) => (
          <TextInput
            {...control}
            name="email"
            inputMode="email"
            defaultValue={values?.email ?? ""}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label="Metadata"
        optional
        error={errors.metadata}
        hint={describeStoredValue("metadata") ?? "A JSON object; applications read and write it."}
      >
        {(control) => (
          <TextArea
            {...control}
            name="metadata"
            rows={6}
            spellCheck={false}
            defaultValue={values ? formatJson(values.metadata, 2) : "{}"}
          />
        )}
      </Field>
    </>
  );
}
