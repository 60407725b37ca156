import { formatCount, formatNumber } from "#lib/format.ts";
import type { ErasurePlan } from "#lib/privacy/erasure/queries.ts";
import type { MentionDecision } from "#lib/privacy/mentions/terms.ts";

const CHOICES: Record<MentionDecision, [title: string, meaning: string]> = {
  keep: ["Leave them as they are", "The receipt says how many there are, and that nobody reviewed them."],
  redact: [
    "Take the person out",
    "Names, ids and addresses become [erased]; the rest of the sentence stays the other person’s.",
  ],
  delete: ["Delete those messages and records", "The other person loses them, and what was drawn from them."],
};

/** Asks what becomes of what others said about somebody who is erased; shown where anybody said anything. */
export function MentionsField({ mentions: { rows, people } }: { mentions: ErasurePlan["mentions"] }) {
  if (rows === 0) return null;
  const of = people === 0 ? "" : people === 1 ? " of another person" : ` of ${formatNumber(people)} other people`;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-soft">
        {`${formatCount(rows, "row")}${of} mention them by id, e-mail address or full name`}
      </legend>
      {Object.entries(CHOICES).map(([value, [title, meaning]], index) => (
        <label key={value} className="flex items-start gap-2">
          <input
            type="radio"
            name="mentions"
            value={value}
            defaultChecked={index === 0}
            className="mt-1 accent-river"
          />
          <span>
            {title}
            <span className="block text-xs text-soft">{meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
