"use client";

import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ReadError, readJson } from "#components/ui/read-json.ts";

type State = { step: "asked" | "sending" | "done" } | { step: "failed"; message: string };

/** Takes the code that was sent apart from the link. */
export function ConfirmForm() {
  const [state, setState] = useState<State>({ step: "asked" });
  const confirm = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s/g, "");
    setState({ step: "sending" });
    setState(await sendCode(window.location.hash.slice(1), code));
  };
  if (state.step === "done")
    return <Notice tone="done">Thank you: that is settled. You will be told what becomes of your request.</Notice>;
  const failed = state.step === "failed" ? state.message : undefined;
  return (
    <form onSubmit={confirm} className="flex flex-col gap-6">
      <p className="font-serif text-lg leading-7 text-soft">
        So that nobody else can ask in your name, enter the code that you were given.
      </p>
      <Field label="Code" hint="Eight digits." error={failed}>
        {(control) => <TextInput {...control} name="code" inputMode="numeric" autoComplete="one-time-code" />}
      </Field>
      <div>
        <Button kind="primary" type="submit" disabled={state.step === "sending"}>
          It is me
        </Button>
      </div>
    </form>
  );
}

async function sendCode(token: string, code: string): Promise<State> {
  try {
    await readJson("/your-request/confirm", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, code }),
    });
    return { step: "done" };
  } catch (error) {
    return { step: "failed", message: error instanceof ReadError ? error.message : "This did not work. Try again." };
  }
}
