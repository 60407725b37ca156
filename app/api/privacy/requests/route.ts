import { fileRequest } from "#lib/privacy/requests/file.ts";
import { defineRoute } from "#lib/route.ts";
import { fileRequestOperation, presentFiled, toFiledRequest } from "#lib/zep/requests.ts";

/** Files a privacy request, as an application or a form of one's own passes it on. */
export const POST = defineRoute(fileRequestOperation, async ({ actor, body }) =>
  presentFiled(await fileRequest(actor, toFiledRequest(body))),
);
