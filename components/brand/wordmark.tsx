/** The name over its river. */
export function Wordmark({ size = "small" }: { size?: "small" | "large" }) {
  return (
    <span
      className={`inline-flex flex-col font-serif font-semibold italic ${size === "large" ? "text-5xl" : "text-xl"}`}
    >
      <span className="leading-none">Lethe</span>
      <svg
        viewBox="0 0 64 8"
        aria-hidden
        className="mt-1 h-[0.28em] w-full text-river"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      >
        <path d="M1 4c5-4 10.3-4 15.5 0s10.3 4 15.5 0 10.3-4 15.5 0 10.3 4 15.5 0" />
      </svg>
    </span>
  );
}
