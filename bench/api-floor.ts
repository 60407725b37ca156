import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import pg from "pg";

/**
 * The floor of the API's benchmark: a bare Node handler that runs the same SQL as the product for the same answers, by
 * hand, with prepared statements. `api-floor.ts PORT`, with DATABASE_URL.
 */
const [port] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, options: "-c timezone=UTC" });

const USER = `uuid, project_uuid, user_id, email, first_name, last_name, metadata, fact_rating_instruction, time_zone,
  disable_default_ontology, session_count, created_at, updated_at`;

async function runQuery(client: pg.Pool | pg.PoolClient, name: string, text: string, values: unknown[]) {
  return (await client.query({ name, text, values })).rows;
}

async function findProject(request: IncomingMessage): Promise<{ project: string; key: string }> {
  const key = (request.headers.authorization ?? "").replace("Api-Key ", "");
  const hash = createHash("sha256").update(key).digest();
  const [found] = await runQuery(
    pool,
    "key",
    "SELECT uuid, project_uuid, scopes, revoked_at FROM api_keys WHERE hash = $1",
    [hash],
  );
  return { project: found.project_uuid, key: found.uuid };
}

async function readBody(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Does what the product does before a POST: looks up the idempotency key of an earlier, unanswered try. */
async function lookUpIdempotencyKey(project: string, body: unknown): Promise<void> {
  const digest = createHash("sha256").update(JSON.stringify(body)).digest();
  await runQuery(pool, "lost", "SELECT seed, at FROM lost_answers WHERE project_uuid = $1 AND digest = $2", [
    project,
    digest,
  ]);
}

async function runInTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

const AUDIT = `INSERT INTO audit_events (project_uuid, actor_kind, actor_uuid, action, subject_ref, object_uuid, data)
  VALUES ($1, 'api_key', $2, $3, $4, $5, $6)`;

async function addUser(request: IncomingMessage) {
  const [{ project, key }, body] = await Promise.all([findProject(request), readBody(request)]);
  await lookUpIdempotencyKey(project, body);
  return runInTransaction(async (client) => {
    const [user] = await runQuery(
      client,
      "add user",
      `INSERT INTO users (project_uuid, uuid, user_id, email, first_name, last_name, metadata, subject_ref)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, gen_random_uuid()) RETURNING ${USER}, subject_ref`,
      [project, body.user_id, body.email, body.first_name, body.last_name, body.metadata ?? {}],
    );
    await runQuery(client, "audit", AUDIT, [project, key, "user.created", user.subject_ref, null, {}]);
    return user;
  });
}

const STORE = `
  WITH incoming AS (
    SELECT * FROM jsonb_to_recordset($4::jsonb) AS m (uuid uuid, position int, role text,
      role_type role_type, content text, metadata jsonb, token_count int, created_at timestamptz, heard boolean)
  ), said AS (
    INSERT INTO messages (project_uuid, user_uuid, session_uuid, position, uuid, role, role_type, content, metadata, token_count, created_at)
    SELECT $1::uuid, $2::uuid, $3::uuid, position, uuid, role, role_type, content, metadata, token_count, created_at FROM incoming
  ), heard AS (
    INSERT INTO episodes (project_uuid, graph_uuid, uuid, source, session_uuid, message_uuid, created_at, processed_at)
    SELECT $1::uuid, $2::uuid, uuid, 'message', $3::uuid, uuid, created_at, now() FROM incoming WHERE heard ORDER BY position
  )
  UPDATE sessions SET next_position = $5::int, updated_at = now() WHERE project_uuid = $1 AND user_uuid = $2 AND uuid = $3`;

async function addMemory(request: IncomingMessage, sessionId: string) {
  const [{ project, key }, body] = await Promise.all([findProject(request), readBody(request)]);
  await lookUpIdempotencyKey(project, body);
  const messages: { role_type: string; role: string; content: string }[] = body.messages;
  await runInTransaction(async (client) => {
    const session = `SELECT s.uuid, s.user_uuid, u.subject_ref FROM sessions s JOIN users u ON u.project_uuid = s.project_uuid
      AND u.uuid = s.user_uuid WHERE s.project_uuid = $1 AND s.session_id = $2`;
    const [{ uuid, user_uuid, subject_ref }] = await runQuery(client, "session", session, [project, sessionId]);
    await runQuery(
      client,
      "lock user",
      "SELECT subject_ref FROM users WHERE project_uuid = $1 AND uuid = $2 FOR NO KEY UPDATE",
      [project, user_uuid],
    );
    const locking = `SELECT next_position, ended_at FROM sessions WHERE project_uuid = $1 AND user_uuid = $2 AND uuid = $3 FOR UPDATE`;
    const [{ next_position }] = await runQuery(client, "lock session", locking, [project, user_uuid, uuid]);
    const uuids = messages.map(() => crypto.randomUUID());
    await runQuery(
      client,
      "known",
      "SELECT uuid, session_uuid FROM messages WHERE project_uuid = $1 AND uuid = ANY($2)",
      [project, uuids],
    );
    const incoming = messages.map((message, index) => ({
      ...{ ...message, uuid: uuids[index], position: next_position + index, metadata: {} },
      ...{ token_count: null, created_at: new Date(), heard: true },
    }));
    await runQuery(client, "store", STORE, [
      ...[project, user_uuid, uuid, JSON.stringify(incoming), next_position + messages.length],
    ]);
    await runQuery(client, "audit", AUDIT, [
      project,
      key,
      "messages.added",
      subject_ref,
      uuid,
      { messages: messages.length },
    ]);
  });
  return {};
}

async function getUser(request: IncomingMessage, userId: string) {
  const { project } = await findProject(request);
  const [user] = await runQuery(pool, "user", `SELECT ${USER} FROM users WHERE project_uuid = $1 AND user_id = $2`, [
    project,
    userId,
  ]);
  return user;
}

async function listUsers(request: IncomingMessage) {
  const { project } = await findProject(request);
  const [users, [tally]] = await Promise.all([
    runQuery(
      pool,
      "list",
      `SELECT ${USER} FROM users WHERE project_uuid = $1 ORDER BY created_at DESC, uuid DESC LIMIT 10`,
      [project],
    ),
    runQuery(
      pool,
      "tally",
      "SELECT coalesce(sum(users), 0)::int AS users FROM project_tallies WHERE project_uuid = $1",
      [project],
    ),
  ]);
  return { users, total_count: tally.users, row_count: users.length };
}

async function getMessages(request: IncomingMessage, sessionId: string) {
  const { project } = await findProject(request);
  const session = "SELECT uuid, user_uuid, message_count FROM sessions WHERE project_uuid = $1 AND session_id = $2";
  const [{ uuid, user_uuid, message_count }] = await runQuery(pool, "find session", session, [project, sessionId]);
  const messages = await runQuery(
    pool,
    "get messages",
    `SELECT m.uuid, m.role, m.role_type, m.content, m.metadata, m.token_count, m.created_at, m.updated_at, e.processed_at
     FROM messages m LEFT JOIN episodes e ON e.project_uuid = m.project_uuid AND e.message_uuid = m.uuid
     WHERE m.project_uuid = $1 AND m.user_uuid = $2 AND m.session_uuid = $3 ORDER BY m.position LIMIT 100`,
    [project, user_uuid, uuid],
  );
  return { messages, total_count: message_count, row_count: messages.length };
}

createServer(async (request, response) => {
  const [, kind = "", id = "", what = ""] = (request.url ?? "").split("?")[0]?.replace("/api/v2", "").split("/") ?? [];
  const adding = request.method === "POST";
  const answer =
    kind === "users-ordered"
      ? await listUsers(request)
      : kind === "users"
        ? await (adding ? addUser(request) : getUser(request, id))
        : await (what === "memory" ? addMemory(request, id) : getMessages(request, id));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
}).listen(Number(port), "127.0.0.1");
