import { useRouter } from "next/navigation";
import { undoEditAction } from "#app/(console)/facts/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { useShownProject } from "#components/ui/project-provider.tsx";

/**
 * Tells of an edit by hand and offers to take it back.
 * @returns makes, of what is told, what to call with the edit once it is done.
 */
export function useUndo(onDone: () => void) {
  const announce = useAnnounce();
  const project = useShownProject();
  const router = useRouter();
  const undo = async (edit: string) => {
    const result = await undoEditAction(project, { edit }).catch(() => null);
    announce(result?.ok ? "Taken back." : (result?.error.message ?? "The console cannot be reached."));
    router.refresh();
  };
  return (message: string) =>
    ({ edit }: { edit: string }) => {
      announce(message, { label: "Undo", run: () => void undo(edit) });
      onDone();
    };
}
