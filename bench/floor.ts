import { createServer } from "node:http";
import pg from "pg";

/**
 * What cannot be done faster on this machine: node:http, pg and hand-written SQL for the same answers, nothing else.
 * Run as a process of its own: `node bench/floor.ts PORT PROJECT KEY UUID TERM`, where KEY and UUID end page 9,999.
 */
const [port, project, key, uuid, term] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const COLUMNS = `uuid, user_id AS "userId", email, first_name AS "firstName", last_name AS "lastName",
  session_count AS "sessionCount", last_activity_at AS "lastActivityAt", created_at AS "createdAt", updated_at AS "updatedAt"`;
const NEWEST = "ORDER BY created_at DESC, uuid DESC LIMIT 50";

const QUERIES: Record<string, { name: string; text: string; values: unknown[] }> = {
  "/first": {
    name: "first",
    text: `SELECT ${COLUMNS} FROM users WHERE project_uuid = $1 ${NEWEST}`,
    values: [project],
  },
  "/deep": {
    name: "deep",
    text: `SELECT ${COLUMNS} FROM users WHERE project_uuid = $1 AND (created_at, uuid) < ($2, $3) ${NEWEST}`,
    values: [project, key, uuid],
  },
  "/search": {
    name: "search",
    text: `SELECT ${COLUMNS} FROM users WHERE project_uuid = $1
      AND lethe_user_text(user_id, email, first_name, last_name) LIKE '%' || $2 || '%' ${NEWEST}`,
    values: [project, term],
  },
  "/total": {
    name: "total",
    text: "SELECT sum(users)::int AS total FROM project_tallies WHERE project_uuid = $1",
    values: [project],
  },
};

createServer(async (request, response) => {
  const query = QUERIES[request.url ?? ""];
  if (!query) return response.writeHead(404).end();
  const { rows } = await pool.query(query);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
}).listen(Number(port), "127.0.0.1");
