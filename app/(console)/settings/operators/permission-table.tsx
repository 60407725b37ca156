import { Check } from "lucide-react";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { can, listPermissions, ROLE_MEANING, ROLES } from "#lib/auth/permissions.ts";

/** The permission table itself, for people to read. */
export function PermissionTable() {
  return (
    <ScrollRegion label="Permissions, table" className="rounded-lg border bg-raised">
      <table className="w-full text-left">
        <thead className="border-b align-bottom text-xs text-soft">
          <tr>
            <th scope="col" className="h-9 px-3 font-medium">
              Permission
            </th>
            {ROLES.map((role) => (
              <th key={role} scope="col" className="min-w-32 px-3 py-2 font-medium">
                <span className="block text-sm text-ink">{role}</span>
                <span className="font-normal">{ROLE_MEANING[role]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...listPermissions(ROLES)].map((permission) => (
            <tr key={permission} className="border-b border-hairline/70 last:border-b-0">
              <th scope="row" className="h-9 px-3 font-mono text-xs font-normal whitespace-nowrap">
                {permission}
              </th>
              {ROLES.map((role) => (
                <td key={role} className="px-3">
                  {can({ permissions: listPermissions([role]) }, permission) ? (
                    <>
                      <Check size={15} aria-hidden className="text-now" />
                      <span className="sr-only">allowed</span>
                    </>
                  ) : (
                    <span className="text-faint">
                      <span aria-hidden>–</span>
                      <span className="sr-only">not allowed</span>
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
