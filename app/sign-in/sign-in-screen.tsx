"use client";

import { SignInForm } from "#app/sign-in/sign-in-form.tsx";
import { Wordmark } from "#components/brand/wordmark.tsx";

/** Next sends this along with every page, in case the sign-in has ended; what is sent is only its name. */
export function SignInScreen({ oidc }: { oidc: string | null }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-8 px-6 py-12">
      <header>
        <h1>
          <Wordmark size="large" />
        </h1>
        <p className="mt-4 font-serif text-lg leading-7 text-soft">
          See what an AI remembers about a person, and make it forget.
        </p>
      </header>
      <SignInForm oidc={oidc} />
    </main>
  );
}
