export const USER_SORTS = ["name", "email", "userId", "sessions", "activity", "created", "updated"] as const;
export type UserSort = (typeof USER_SORTS)[number];

/** How the console calls a person: by name, else by address, else by id. */
export function getDisplayName(user: {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  userId: string;
}) {
  const name = [user.firstName, user.lastName].filter((part) => part?.trim()).join(" ");
  return name || user.email || (user.userId.trim() === "" ? `“${user.userId}”` : user.userId);
}

/** All the names that a person goes by, the fullest first. */
export function listDisplayNames(user: Parameters<typeof getDisplayName>[0]): [string, ...string[]] {
  const parts = [user.firstName, user.lastName].flatMap((part) => part?.trim() || []);
  return [getDisplayName(user), ...parts.filter((part) => part !== getDisplayName(user))];
}
