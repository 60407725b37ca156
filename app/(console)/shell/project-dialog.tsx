import { useRouter } from "next/navigation";
import { createProjectAction } from "#app/(console)/shell/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { FieldForm, useActionForm } from "#components/ui/use-action-form.tsx";

export function ProjectDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const form = useActionForm(createProjectAction, () => {
    onOpenChange(false);
    router.push("/users");
  });
  return (
    <Dialog
      title="New project"
      description="A project keeps its users, API keys and operators apart from every other project's."
      open={open}
      onOpenChange={onOpenChange}
    >
      <FieldForm form={form}>
        <Field label="Name" error={form.fields.name}>
          {(control) => <TextInput {...control} name="name" maxLength={80} />}
        </Field>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={form.busy}>
            Create project
          </Button>
        </DialogActions>
      </FieldForm>
    </Dialog>
  );
}
