import { z } from "zod";
import type { UserRecord } from "#lib/users/record.ts";
import { NO_USER_FILTER, type UserList, userIdSchema } from "#lib/users/schema.ts";
import type { UserSort } from "#lib/users/terms.ts";
import { nullableTextSchema, textSchema } from "#lib/validation.ts";
import {
  booleanParam,
  choiceSchema,
  count,
  defineOperation,
  factRatingInstruction,
  formatTime,
  metadata,
  optionalMetadata,
  optionalSchema,
  optionalTextSchema,
  PAGE_PARAMS,
  presentCounts,
  readPageRequest,
  successShape,
  toMap,
  toMapOrNone,
} from "#lib/zep/common.ts";
import { nodeShape } from "#lib/zep/graph-shapes.ts";

const userShape = z.object({
  uuid: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  deleted_at: z.null(),
  user_id: z.string(),
  email: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  project_uuid: z.string(),
  graph_uuid: z.string(),
  metadata,
  session_count: count,
  fact_rating_instruction: metadata.optional(),
  time_zone: z.string().optional(),
  disable_default_ontology: z.boolean(),
});

export function presentUser(user: UserRecord): z.infer<typeof userShape> {
  return {
    uuid: user.uuid,
    created_at: formatTime(user.createdAt),
    updated_at: formatTime(user.updatedAt),
    deleted_at: null,
    user_id: user.userId,
    email: user.email ?? undefined,
    first_name: user.firstName ?? undefined,
    last_name: user.lastName ?? undefined,
    project_uuid: user.projectUuid,
    graph_uuid: user.uuid,
    metadata: toMap(user.metadata),
    session_count: user.sessionCount,
    fact_rating_instruction: toMapOrNone(user.factRatingInstruction),
    time_zone: user.timeZone ?? undefined,
    disable_default_ontology: user.disableDefaultOntology,
  };
}

export const userParams = z.object({ userId: userIdSchema });

const settings = {
  metadata: optionalMetadata,
  fact_rating_instruction: factRatingInstruction,
  time_zone: optionalTextSchema(100),
  disable_default_ontology: optionalSchema(z.boolean()),
};

function pickSettings(body: Pick<z.infer<z.ZodObject<typeof settings>>, Exclude<keyof typeof settings, "metadata">>) {
  return {
    factRatingInstruction: body.fact_rating_instruction,
    timeZone: body.time_zone,
    disableDefaultOntology: body.disable_default_ontology,
  };
}

const absentAsNullSchema = (max: number) =>
  nullableTextSchema(max)
    .optional()
    .transform((value) => value ?? null);

export const addUser = defineOperation({
  id: "user.add",
  needs: ["users:write"],
  method: "POST",
  path: "/users",
  summary: "Adds a person. Their graph begins with their own node.",
  status: 201,
  body: z
    .object({
      user_id: userIdSchema,
      email: absentAsNullSchema(320),
      first_name: absentAsNullSchema(200),
      last_name: absentAsNullSchema(200),
      ...settings,
    })
    .transform((body) => ({
      userId: body.user_id,
      email: body.email,
      firstName: body.first_name,
      lastName: body.last_name,
      metadata: body.metadata ?? {},
      ...pickSettings(body),
    })),
  taken: ({ userId }) => `User already exists with user_id: ${userId}`,
  answer: userShape,
});

export const getUser = defineOperation({
  id: "user.get",
  needs: ["users:read"],
  method: "GET",
  path: "/users/{userId}",
  summary: "The person with this id.",
  params: userParams,
  answer: userShape,
});

export const updateUser = defineOperation({
  id: "user.update",
  needs: ["users:write", "users:read"],
  method: "PATCH",
  path: "/users/{userId}",
  summary: "Changes what is given; null, an empty text and absence leave a field as it is. Metadata is merged.",
  params: userParams,
  body: z
    .object({
      email: optionalTextSchema(320),
      first_name: optionalTextSchema(200),
      last_name: optionalTextSchema(200),
      ...settings,
    })
    .transform((body) => ({
      email: body.email,
      firstName: body.first_name,
      lastName: body.last_name,
      metadata: body.metadata,
      ...pickSettings(body),
    })),
  answer: userShape,
});

export const deleteUser = defineOperation({
  id: "user.delete",
  needs: ["users:erase"],
  method: "DELETE",
  path: "/users/{userId}",
  summary: "Removes the person with every session, message, episode, fact and node of theirs, in one step.",
  params: userParams,
  answer: successShape,
});

const ORDERS = { created_at: "created", user_id: "userId", email: "email" } as const satisfies Record<string, UserSort>;

const usersQuery = z.object({
  ...PAGE_PARAMS,
  search: textSchema(500).optional(),
  order_by: choiceSchema(ORDERS, "invalid value for order_by").optional(),
  asc: booleanParam.optional(),
});

/** Which people a query asks for; newest first unless it says otherwise. */
export function toUserList(query: z.infer<typeof usersQuery>): UserList {
  const filter = { ...NO_USER_FILTER, search: query.search ?? null };
  const direction = query.asc ? "asc" : "desc";
  return { ...readPageRequest(query), sort: query.order_by ?? "created", direction, filter };
}

export const listUsers = defineOperation({
  id: "user.listOrdered",
  needs: ["users:read"],
  method: "GET",
  path: "/users-ordered",
  summary: "A page of the project's people, newest first unless asked otherwise.",
  query: usersQuery,
  answer: z.object({ users: z.array(userShape), total_count: count, row_count: count }),
});

export function presentUsers(users: UserRecord[], total: number): z.infer<typeof listUsers.answer> {
  return { users: users.map(presentUser), ...presentCounts(total, users) };
}

export const getUserNode = defineOperation({
  id: "user.getNode",
  needs: ["graph:read"],
  method: "GET",
  path: "/users/{userId}/node",
  summary: "The node in the centre of the person's graph, with the summary of what is known.",
  params: userParams,
  answer: z.object({ node: nodeShape.nullable() }),
});

export const warmUser = defineOperation({
  id: "user.warm",
  needs: ["users:read"],
  method: "GET",
  path: "/users/{userId}/warm",
  summary: "Nothing needs warming here; answers whether the person is there.",
  params: userParams,
  answer: successShape,
});
