/** A route of the API: the folders of its file, with a parameter where a folder's name is in brackets. */
export interface ApiPath<Handler> {
  /** Below `/api/v2`, such as `["users", "[userId]", "sessions"]`. */
  segments: string[];
  methods: Map<string, Handler>;
}

export type FoundRoute<Handler> =
  | { handler: Handler; params: Record<string, string> }
  | { refusal: 400 | 404 | 405; message: string };

interface RouteMatch<Handler> {
  path: ApiPath<Handler>;
  params: Record<string, string>;
}

/**
 * Finds who answers a request, the way the published clients need it: ids come encoded from some and as they are from
 * others, so that `/users/a/b/sessions` asks for the sessions of `a/b`; a trailing slash means nothing, an empty segment an
 * empty id, and nothing is ever redirected (wire contract, 1.1). @param rest the raw path below `/api/v2`, without query.
 * @param notOffered what is known to be missing, as `lib/zep/not-offered.ts` spells it.
 */
export function findApiPath<Handler>(
  paths: ApiPath<Handler>[],
  method: string,
  rest: string,
  notOffered: readonly string[] = [],
): FoundRoute<Handler> {
  const raw = rest.replace(/^\//, "").split("/");
  if (raw.join("") === "") return { refusal: 400, message: 'An id must not be empty, "." or "..".' };
  const segments = raw.map(decodeSegment);
  if (segments.includes(null)) return { refusal: 400, message: "The path is not validly percent-encoded." };
  const given = segments.filter((segment) => segment !== null);
  const trimmed = given.at(-1) === "" ? given.slice(0, -1) : given;
  if (isNotOffered(notOffered, method, trimmed))
    return { refusal: 404, message: `${method} /${trimmed.join("/")} is not offered here.` };
  const fits = [
    ...findExactMatches(paths, given),
    ...findExactMatches(paths, trimmed),
    ...findSpanningMatches(paths, trimmed),
  ];
  for (const { path, params } of fits) {
    const handler = path.methods.get(method);
    if (handler) return { handler, params };
  }
  const [first] = fits;
  if (!first) return { refusal: 404, message: "The API has nothing at this path." };
  return { refusal: 405, message: `This path takes ${[...first.path.methods.keys()].join(", ")}.` };
}

/** Whether a request is one of those that a list of methods and path patterns names. */
function isNotOffered(notOffered: readonly string[], method: string, segments: string[]): boolean {
  return notOffered.some((entry) => {
    const [verb, pattern = ""] = entry.split(" ");
    const parts = pattern.split("/").slice(1);
    const open = parts.at(-1) === "**";
    const fixed = open ? parts.slice(0, -1) : parts;
    const fits = open ? segments.length >= fixed.length : segments.length === fixed.length;
    return (
      (verb === "*" || verb === method) && fits && fixed.every((part, at) => part === "*" || part === segments[at])
    );
  });
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** Routes with as many segments as were given; of several the one that spells out most comes first. */
function findExactMatches<Handler>(paths: ApiPath<Handler>[], given: string[]): RouteMatch<Handler>[] {
  const fits: RouteMatch<Handler>[] = [];
  for (const path of paths) {
    const params = path.segments.length === given.length ? matchSegments(path.segments, given) : null;
    if (params) fits.push({ path, params });
  }
  return sortByLiteralSegments(fits);
}

/** Routes whose one parameter takes up several segments. */
function findSpanningMatches<Handler>(paths: ApiPath<Handler>[], given: string[]): RouteMatch<Handler>[] {
  const fits: RouteMatch<Handler>[] = [];
  for (const path of paths) {
    const surplus = given.length - path.segments.length;
    const at = path.segments.findIndex(getParameterName);
    if (surplus <= 0 || at < 0) continue;
    const joined = [
      ...given.slice(0, at),
      given.slice(at, at + surplus + 1).join("/"),
      ...given.slice(at + surplus + 1),
    ];
    const params = matchSegments(path.segments, joined);
    if (params) fits.push({ path, params });
  }
  return sortByLiteralSegments(fits);
}

function matchSegments(segments: string[], given: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? "";
    const name = getParameterName(segment);
    if (name) params[name] = value;
    else if (segment !== value) return null;
  }
  return params;
}

function sortByLiteralSegments<Handler>(fits: RouteMatch<Handler>[]): RouteMatch<Handler>[] {
  const countLiteralSegments = ({ path }: RouteMatch<Handler>) =>
    path.segments.filter((segment) => !getParameterName(segment)).length;
  return fits.sort((a, b) => countLiteralSegments(b) - countLiteralSegments(a));
}

function getParameterName(segment: string): string | undefined {
  return /^\[(\w+)\]$/.exec(segment)?.[1];
}
