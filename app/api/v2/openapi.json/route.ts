import { getOpenApiDocument } from "#lib/zep/openapi.ts";

/** The document that describes all of the API, for anyone to read. */
export function GET(): Response {
  return Response.json(getOpenApiDocument());
}
