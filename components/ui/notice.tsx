import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  info: { look: "border-river/40 bg-river-wash text-river-strong", Icon: Info },
  done: { look: "border-now/40 bg-now-wash text-now", Icon: CircleCheck },
  risk: { look: "border-risk/40 bg-risk-wash text-risk-strong", Icon: CircleAlert },
};

interface NoticeProps {
  tone: keyof typeof TONES;
  children: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
}

/** What happened, what it means, what to do. Read out when it appears. */
export function Notice({ tone, children, action }: NoticeProps) {
  const { look, Icon } = TONES[tone];
  return (
    <div
      role={tone === "risk" ? "alert" : "status"}
      className={`flex items-start gap-2.5 rounded-lg border px-3 py-2.5 ${look}`}
    >
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
