import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";

interface MakingDialogProps<Made> {
  /** What the button that opens it says. */
  button: string;
  /** What the dialog is called before and after. */
  title: string;
  titleAfter: string;
  /** What was made; null while it is still asked for. */
  made: Made | null;
  /** Forgets what was made, and what was complained of. */
  onReset: () => void;
  /** Shows what was made, such as a secret that nobody can show again. */
  showMade: (made: Made) => ReactNode;
  /** The form that makes it. */
  children: ReactNode;
}

/**
 * A dialog that makes something and then shows it. Stands in one place of its page whatever there is: what it shows must not go
 * while the list behind it gets its first row.
 */
export function MakingDialog<Made>(props: MakingDialogProps<Made>) {
  const { button, title, titleAfter, made, onReset, showMade, children } = props;
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={made ? titleAfter : title}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        onReset();
      }}
      trigger={
        <Button kind="primary">
          <Plus size={15} aria-hidden /> {button}
        </Button>
      }
    >
      {made ? (
        <div className="flex flex-col gap-3">
          {showMade(made)}
          <DialogActions cancel="Done" />
        </div>
      ) : (
        children
      )}
    </Dialog>
  );
}
