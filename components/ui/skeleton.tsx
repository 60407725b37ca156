/** Stands where text will be. */
export function Skeleton({ className = "" }: { className?: string }) {
  return (
    <span aria-hidden className={`block animate-[breathe_1.6s_ease-in-out_infinite] rounded bg-hover ${className}`} />
  );
}
