import { ChevronsUpDown, KeyRound, LogOut, ShieldOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { signOutEverywhereAction } from "#app/(console)/shell/actions.ts";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { useShownProject } from "#components/ui/project-provider.tsx";
import { readTheme, THEME_COOKIE, type Theme } from "#components/ui/theme.ts";

interface OperatorMenuProps {
  operator: { name: string; email: string; role: string };
  theme: Theme;
}

const THEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the device" },
];

/** Who is signed in; the theme, and ways out. */
export function OperatorMenu({ operator, theme: initialTheme }: OperatorMenuProps) {
  const project = useShownProject();
  const [theme, setTheme] = useState(initialTheme);
  const changeTheme = (value: string) => {
    const next = readTheme(value);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
    document.documentElement.dataset.theme = next;
    setTheme(next);
  };
  const router = useRouter();
  const signOutHere = async () => {
    // Every page has this menu, and few need what ends a sign-in.
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: "/sign-in" });
  };
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left hover:bg-hover"
        >
          <span className="min-w-0">
            <span className="block truncate font-medium">{operator.name}</span>
            <span className="block text-xs text-faint">{operator.role}</span>
          </span>
          <ChevronsUpDown size={14} aria-hidden className="ml-auto shrink-0 text-faint" />
        </button>
      }
    >
      <p className="max-w-56 truncate px-2.5 py-1.5 text-xs text-faint">{operator.email}</p>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} onChange={changeTheme} choices={THEMES} />
      <MenuSeparator />
      <MenuItem onClick={() => router.push("/account")}>
        <KeyRound size={14} aria-hidden /> Your account
      </MenuItem>
      <MenuItem onClick={() => void signOutHere()}>
        <LogOut size={14} aria-hidden /> Sign out
      </MenuItem>
      <MenuItem onClick={() => void signOutEverywhereAction(project, {}).then(signOutHere)}>
        <ShieldOff size={14} aria-hidden /> Sign out on every device
      </MenuItem>
    </Menu>
  );
}
