import { useState } from "react";
import {
  correctFactAction,
  endFactAction,
  eraseFactAction,
  mergeNodeAction,
  refuteFactAction,
} from "#app/(console)/facts/actions.ts";
import { ForgetSources } from "#app/(console)/facts/forget-sources.tsx";
import { useUndo } from "#app/(console)/facts/use-undo.ts";
import { FactStatus } from "#components/facts/fact-status.tsx";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatRelation } from "#lib/relations.ts";

interface EditedFact {
  uuid: string;
  /** The relation, such as WORKS_AT. */
  name: string;
  fact: string;
  sourceUuid: string;
  targetUuid: string;
  targetName: string;
  validAt: Date | string | null;
  invalidAt: Date | string | null;
  beginsUntold: boolean;
  endsUntold: boolean;
}

interface FactDialogProps {
  fact: EditedFact | null;
  /** Whose facts these are: their own node is never merged into another. */
  user: string;
  may: { write: boolean; erase: boolean };
  onClose: () => void;
  /** Something was changed, and the dialog is closed. */
  onDone: () => void;
}

/** Corrects one fact, ends it, refutes it, or removes it or what it was drawn from. Each choice says what stays behind. */
export function FactDialog({ fact, user, may, onClose, onDone }: FactDialogProps) {
  const closeAndNotify = () => {
    onClose();
    onDone();
  };
  return (
    <Dialog
      title="Change this fact"
      description="The words it was drawn from stay as they were said. Reading them again does not bring the fact back as it was."
      open={fact !== null}
      onOpenChange={(open) => !open && onClose()}
    >
      {fact ? <FactForms key={fact.uuid} fact={fact} user={user} may={may} onDone={closeAndNotify} /> : null}
    </Dialog>
  );
}

function FactForms({
  fact,
  user,
  may,
  onDone,
}: Pick<FactDialogProps, "user" | "may" | "onDone"> & { fact: EditedFact }) {
  const offerUndo = useUndo(onDone);
  const correction = useActionForm(correctFactAction, offerUndo("Corrected: one fact."));
  const end = useActionForm(endFactAction, offerUndo("Ended: one fact."));
  const refutation = useActionForm(refuteFactAction, offerUndo("Taken away: one fact that was never so."));
  const [removing, setRemoving] = useState<"fact" | "sources" | null>(null);
  const [words, setWords] = useState(fact.fact);
  const busy = correction.busy || end.busy || refutation.busy;
  const failure = correction.failure ?? end.failure ?? refutation.failure;
  const keep = () => setRemoving(null);
  if (removing === "fact") return <FactErasureForm fact={fact} onKeep={keep} onDone={onDone} />;
  if (removing === "sources") return <ForgetSources fact={fact.uuid} onKeep={keep} onDone={onDone} />;
  return (
    <div className="flex flex-col gap-5">
      <p>
        <FactStatus fact={fact} />
      </p>
      <FormNotice form={{ failure }} />
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const since = String(new FormData(event.currentTarget).get("since"));
          correction.submit({ uuid: fact.uuid, fact: words, since });
        }}
      >
        <Field label="What is so" error={correction.fields.fact}>
          {(control) => (
            <TextInput
              {...control}
              dir="auto"
              maxLength={500}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        <div className="flex items-start gap-2">
          <div className="flex-1">
            <Field label="Since (UTC)" hint="Leave it empty where you do not know." error={correction.fields.since}>
              {(control) => <TextInput {...control} type="date" name="since" />}
            </Field>
          </div>
          <Button
            kind="primary"
            type="submit"
            className="mt-5"
            disabled={!may.write || busy || words.trim() === fact.fact}
          >
            Correct it
          </Button>
        </div>
      </form>
      <div className="flex items-center justify-between gap-2 border-t pt-4">
        <p className="text-faint">Nothing like it was ever so.</p>
        <Button disabled={!may.write || busy} onClick={() => refutation.submit({ uuid: fact.uuid })}>
          It was never so
        </Button>
      </div>
      {fact.invalidAt ? null : (
        <form
          className="flex items-start gap-2 border-t pt-4"
          onSubmit={(event) => {
            event.preventDefault();
            end.submit({ uuid: fact.uuid, at: String(new FormData(event.currentTarget).get("at")) });
          }}
        >
          <div className="flex-1">
            <Field label="It ended on (UTC)" error={end.fields.at ?? end.fields.invalidAt}>
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  name="at"
                  required
                  defaultValue={new Date().toISOString().slice(0, 10)}
                />
              )}
            </Field>
          </div>
          <Button type="submit" className="mt-5" disabled={!may.write || busy}>
            End it
          </Button>
        </form>
      )}
      {[user, fact.sourceUuid].includes(fact.targetUuid) ? null : (
        <MergeForm
          node={fact.targetUuid}
          name={fact.targetName}
          disabled={!may.write || busy}
          onDone={offerUndo("They are one now.")}
        />
      )}
      <DialogActions>
        {may.erase ? (
          <>
            <Button kind="risk-quiet" disabled={busy} onClick={() => setRemoving("sources")}>
              Forget its source …
            </Button>
            <Button kind="risk-quiet" disabled={busy} onClick={() => setRemoving("fact")}>
              Delete this fact …
            </Button>
          </>
        ) : null}
      </DialogActions>
    </div>
  );
}

interface ErasureProps {
  fact: EditedFact;
  onKeep: () => void;
  onDone: () => void;
}

/** Asks before a fact goes for good, and says afterwards that it went. */
function FactErasureForm({ fact, onKeep, onDone }: ErasureProps) {
  const announce = useAnnounce();
  const erasure = useActionForm(eraseFactAction, () => {
    announce(`Deleted: one fact (${formatRelation(fact.name)}). Reading its source again does not bring it back.`);
    onDone();
  });
  return (
    <div className="flex flex-col gap-4">
      <FormNotice form={erasure} />
      <p>
        This fact and every claim for it are removed, for good. There is no undo; the messages it was drawn from stay.
      </p>
      <blockquote dir="auto" className="border-l-2 border-l-risk pl-3 font-serif text-[0.9375rem] leading-6">
        {fact.fact}
      </blockquote>
      <div className="flex flex-wrap justify-end gap-2">
        <Button autoFocus onClick={onKeep}>
          Keep it
        </Button>
        <Button kind="risk" disabled={erasure.busy} onClick={() => erasure.submit({ uuid: fact.uuid })}>
          Delete fact
        </Button>
      </div>
    </div>
  );
}

interface MergeFormProps {
  node: string;
  name: string;
  disabled: boolean;
  onDone: (made: { edit: string }) => void;
}

/**
 * Says that the target of a fact is also known by another name. Both nodes are merged, and later mentions of either name
 * find the merged node.
 */
function MergeForm({ node, name, disabled, onDone }: MergeFormProps) {
  const merge = useActionForm(mergeNodeAction, onDone);
  return (
    <form
      className="flex items-start gap-2 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        merge.submit({ gone: node, name: String(new FormData(event.currentTarget).get("name")) });
      }}
    >
      <div className="flex-1">
        <Field
          label={`${name} is the same as`}
          error={merge.fields.name ?? merge.fields.gone ?? merge.failure?.message}
        >
          {(control) => <TextInput {...control} dir="auto" name="name" required maxLength={200} />}
        </Field>
      </div>
      <Button type="submit" className="mt-5" disabled={disabled || merge.busy}>
        Make them one
      </Button>
    </form>
  );
}
