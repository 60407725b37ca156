"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { type ComponentProps, type ReactNode, useId } from "react";
import { type Trigger, TriggerPlaceholder, useIsHydrated } from "#components/ui/hydration.tsx";

interface MenuProps {
  trigger: Trigger;
  side?: "top" | "bottom";
  align?: "start" | "end";
  children: ReactNode;
}

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:min-h-10";

export function Menu({ trigger, side = "bottom", align = "start", children }: MenuProps) {
  const id = useId();
  if (!useIsHydrated()) return <TriggerPlaceholder id={id} trigger={trigger} opens="menu" />;
  return (
    <Base.Root modal={false}>
      <Base.Trigger id={id} render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <Base.Popup className="min-w-48 rounded-lg border border-hairline bg-raised p-1 shadow-lg shadow-(color:--shadow) outline-none transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({ className = "", ...rest }: ComponentProps<typeof Base.Item>) {
  return <Base.Item className={`${ITEM} ${className}`} {...rest} />;
}

interface MenuCheckProps extends ComponentProps<typeof Base.CheckboxItem> {
  children: ReactNode;
}

/** A choice that stays open while others are made. */
export function MenuCheck({ children, ...rest }: MenuCheckProps) {
  return (
    <Base.CheckboxItem closeOnClick={false} className={ITEM} {...rest}>
      <span className="inline-flex size-4 items-center justify-center text-river">
        <Base.CheckboxItemIndicator>✓</Base.CheckboxItemIndicator>
      </span>
      {children}
    </Base.CheckboxItem>
  );
}

interface MenuChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: { value: string; label: ReactNode }[];
}

/** One of several, shown with the present one marked. */
export function MenuChoice({ label, value, onChange, choices }: MenuChoiceProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-2 pb-1 text-2xs font-medium text-faint">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {choices.map((choice) => (
          <Base.RadioItem key={choice.value} value={choice.value} closeOnClick className={ITEM}>
            <span className="inline-flex size-4 items-center justify-center text-river">
              <Base.RadioItemIndicator>✓</Base.RadioItemIndicator>
            </span>
            {choice.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-hairline" />;
}
