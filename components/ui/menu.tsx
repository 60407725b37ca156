"use client";

import type { Menu as Base } from "@base-ui/react/menu";
import { type ComponentProps, createContext, lazy, type ReactNode, use } from "react";
import { Layer, type Trigger } from "#components/ui/layer.tsx";

export interface MenuProps {
  trigger: Trigger;
  side?: "top" | "bottom";
  align?: "start" | "end";
  children: ReactNode;
}

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:min-h-10";

const MenuLayer = lazy(async () => ({ default: (await import("#components/ui/menu-layer.tsx")).MenuLayer }));

export function Menu(props: MenuProps) {
  return (
    <Layer trigger={props.trigger} opens="menu">
      {(layer) => <MenuLayer {...props} {...layer} />}
    </Layer>
  );
}

/** The library's parts, which arrive with the menu that they stand in. */
export const MenuParts = createContext<typeof Base | null>(null);

function useMenuParts(): typeof Base {
  const parts = use(MenuParts);
  if (!parts) throw new Error("the items of a menu stand in one");
  return parts;
}

export function MenuItem({ className = "", ...rest }: ComponentProps<typeof Base.Item>) {
  const parts = useMenuParts();
  return <parts.Item className={`${ITEM} ${className}`} {...rest} />;
}

interface MenuCheckProps extends ComponentProps<typeof Base.CheckboxItem> {
  children: ReactNode;
}

/** A choice that stays open while others are made. */
export function MenuCheck({ children, ...rest }: MenuCheckProps) {
  const parts = useMenuParts();
  return (
    <parts.CheckboxItem closeOnClick={false} className={ITEM} {...rest}>
      <span className="inline-flex size-4 items-center justify-center text-river">
        <parts.CheckboxItemIndicator>✓</parts.CheckboxItemIndicator>
      </span>
      {children}
    </parts.CheckboxItem>
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
  const parts = useMenuParts();
  return (
    <parts.Group>
      <parts.GroupLabel className="px-2.5 pt-2 pb-1 text-2xs font-medium text-faint">{label}</parts.GroupLabel>
      <parts.RadioGroup value={value} onValueChange={onChange}>
        {choices.map((choice) => (
          <parts.RadioItem key={choice.value} value={choice.value} closeOnClick className={ITEM}>
            <span className="inline-flex size-4 items-center justify-center text-river">
              <parts.RadioItemIndicator>✓</parts.RadioItemIndicator>
            </span>
            {choice.label}
          </parts.RadioItem>
        ))}
      </parts.RadioGroup>
    </parts.Group>
  );
}

export function MenuSeparator() {
  const parts = useMenuParts();
  return <parts.Separator className="mx-1 my-1 h-px bg-hairline" />;
}
