import { useSearchParams } from "next/navigation";
import { type FormEvent, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";

const REFUSED = "This address and password do not fit together, or this operator has been disabled.";

/** What next-auth reports after a provider's refusal. */
const FROM_PROVIDER = "Nobody works here under the address that your provider gave. Ask an admin to add you.";

/** Every page can turn into this form, when a sign-in has ended, and few do: only using it fetches what it works with. */
const loadSignIn = () => import("next-auth/react");

/** Signs in with a password, or where configured with the organisation's own provider. */
export function SignInForm({ oidc }: { oidc: string | null }) {
  // Where one wanted to go is still the address, unless it is the sign-in page itself.
  const onSignedIn = () => {
    if (window.location.pathname === "/sign-in") window.location.assign("/users");
    else window.location.reload();
  };
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const submitPassword = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const credentials = { redirect: false, email: form.get("email"), password: form.get("password") } as const;
    const answer = await loadSignIn()
      .then(({ signIn }) => signIn("credentials", credentials))
      .catch(() => null);
    if (answer?.ok) return onSignedIn();
    setBusy(false);
    if (!answer) return setRefusal("The console cannot be reached. Try again.");
    setRefusal(answer.error?.startsWith("Too many") ? answer.error : REFUSED);
  };
  const signInWithProvider = async () => {
    const { signIn } = await loadSignIn();
    await signIn("oidc", {
      callbackUrl: window.location.pathname === "/sign-in" ? "/users" : window.location.href,
    });
  };
  return (
    <div className="flex flex-col gap-5">
      <Suspense>
        <ProviderRefusal />
      </Suspense>
      {refusal ? <Notice tone="risk">{refusal}</Notice> : null}
      <form onSubmit={submitPassword} method="post" className="flex flex-col gap-4">
        <Field label="E-mail">
          {(control) => (
            <TextInput
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              required
              autoFocus
              className="h-10"
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <TextInput
              {...control}
              type="password"
              name="password"
              autoComplete="current-password"
              required
              className="h-10"
            />
          )}
        </Field>
        <Button kind="primary" type="submit" disabled={busy} className="h-10">
          {busy ? "Signing in …" : "Sign in"}
        </Button>
      </form>
      {oidc ? (
        <Button className="h-10" onClick={signInWithProvider}>
          Continue with {oidc}
        </Button>
      ) : null}
    </div>
  );
}

function ProviderRefusal() {
  return useSearchParams().has("error") ? <Notice tone="risk">{FROM_PROVIDER}</Notice> : null;
}
