import {
  ArrowLeftRight,
  Inbox,
  KeyRound,
  Lock,
  type LucideIcon,
  MessagesSquare,
  ReceiptText,
  ScrollText,
  Search,
  UserCog,
  Users,
  UserX,
  Webhook,
} from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { DESTINATIONS } from "#app/(console)/shell/navigation.ts";
import { useShortcut } from "#components/ui/shortcuts.tsx";

const ICONS: Record<(typeof DESTINATIONS)[number]["href"], LucideIcon> = {
  "/users": Users,
  "/search": Search,
  "/sessions": MessagesSquare,
  "/privacy/requests": Inbox,
  "/privacy/receipts": ReceiptText,
  "/privacy/suppression": UserX,
  "/privacy/holds": Lock,
  "/audit": ScrollText,
  "/request-log": ArrowLeftRight,
  "/settings/operators": UserCog,
  "/settings/api-keys": KeyRound,
  "/settings/webhooks": Webhook,
};

export function NavigationList({ destinations: hrefs }: { destinations: string[] }) {
  const allowed = DESTINATIONS.filter(({ href }) => hrefs.includes(href));
  return (
    <nav aria-label="Main" className="flex flex-col gap-4">
      {[...Map.groupBy(allowed, ({ group }) => group)].map(([group, destinations]) => (
        <ul key={group} className="flex flex-col gap-0.5 border-hairline not-first:border-t not-first:pt-4">
          {destinations.map((destination) => (
            <NavigationItem key={destination.href} destination={destination} />
          ))}
        </ul>
      ))}
    </nav>
  );
}

function NavigationItem({ destination }: { destination: (typeof DESTINATIONS)[number] }) {
  const path = usePathname();
  const router = useRouter();
  useShortcut(`g ${destination.key}`, `Go to ${destination.label}`, () => router.push(destination.href));
  const here = path === destination.href || path.startsWith(`${destination.href}/`);
  const Icon = ICONS[destination.href];
  return (
    <li>
      <Link
        href={destination.href}
        aria-current={here ? "page" : undefined}
        className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-soft hover:bg-hover hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-[inset_2px_0_0_var(--river)] pointer-coarse:h-11"
      >
        <Icon size={16} aria-hidden className={here ? "text-river" : "text-faint"} />
        {destination.label}
      </Link>
    </li>
  );
}
