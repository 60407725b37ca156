/**
 * What the published clients can call and this server does not do (wire contract, 3): a method, or `*` for any, and a path
 * in which `*` stands for one segment and a closing `**` for whatever follows. Told apart from paths that nobody knows, so
 * that whoever calls one learns that it is missing here and not misspelled there.
 */
export const NOT_OFFERED: readonly string[] = [
  "* /abac/**",
  "* /batches/**",
  "* /collections/**",
  "* /context-templates/**",
  "* /custom-instructions/**",
  "* /tasks/**",
  "* /user-groups/**",
  "* /user-summary-instructions/**",
  "* /projects/observation-steering",
  "PATCH /projects/info",
  "GET /graph/documents/*/episodes",
  "POST /graph/document-summary/**",
  "POST /graph/episodes/graph/*",
  "POST /graph/episodes/user/*",
  "GET /graph/observation/*",
  "POST /graph/observation/**",
  "POST /graph/patterns",
  "POST /graph/thread-summary/**",
  "GET /threads/*/summary",
];
