/** What an identifier can be, in the order one asks for it. */
export const IDENTIFIER_KINDS = [
  { value: "user_id", label: "User ID" },
  { value: "email", label: "E-mail address" },
  { value: "session_id", label: "Session ID" },
] as const;
