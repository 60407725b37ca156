import { ScrollRegion } from "#components/ui/scroll-region.tsx";

const EXAMPLE = `import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";

// Throws for anything that does not come from here.
const event = new Webhook(secret).verify(body, headers);
const key = Buffer.from(secret.replace("whsec_", ""), "base64");
const hash = (userId) => createHmac("sha256", key).update(userId).digest("hex");
const user = users.find(({ id }) => event.data.subjects.includes(hash(id)));`;

/** What whoever writes the receiver has to know. */
export function ReceiverGuide() {
  return (
    <div className="flex max-w-[72ch] flex-col gap-3">
      <p>
        Events follow the Standard Webhooks specification, for which there are libraries in most languages. Answer with
        a status of 200 to 299 within 15 seconds. Anything else is tried again nine times over three days, under the
        same <code className="font-mono text-xs">webhook-id</code>; an answer of 410 disables the webhook.
      </p>
      <p>
        <code className="font-mono text-xs">data.request</code> is the number of the privacy request, or null where an
        application deleted somebody. <code className="font-mono text-xs">data.subjects</code> holds HMAC-SHA-256 of the
        user ID, keyed with this webhook’s secret: it matches the person where you know them, and says nothing to
        anybody else. For a day after the secret was changed there are two, one with each; keep the former for what is
        sent again later. A request about somebody who is not known has the hash of what it names them by.
      </p>
      <ScrollRegion label="Example of a receiver" className="rounded-md px-3 py-2 [--region:var(--sunk)]">
        <pre className="font-mono text-xs leading-5">{EXAMPLE}</pre>
      </ScrollRegion>
    </div>
  );
}
