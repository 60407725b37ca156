import type { Store } from "#lib/db/stored-tables.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The queue library's own tables. A job names a graph by its uuid, which is the person's, and holds nothing else. */
export const QUEUE_STORE: Store = [
  {
    name: "lethe_queue.job",
    title: "Jobs in the queue",
    owner: "singleton_key",
    columns: {
      ours: ["name", "group_id", "group_tier", "dead_letter", "policy", "source_name", "trace_context"],
      id: ["data", "singleton_key"],
      words: ["output", "source_output"],
    },
  },
  {
    name: "lethe_queue.job_dependency",
    title: "Jobs that wait for others",
    columns: { ours: ["child_name", "parent_name"] },
  },
  {
    name: "lethe_queue.warning",
    title: "Warnings of the queue",
    columns: { ours: ["type"], words: ["message", "data"] },
  },
  {
    name: "lethe_queue.bam",
    title: "The queue's own upkeep",
    columns: { ours: ["name", "status", "queue", "table_name", "command", "error"] },
  },
  {
    name: "lethe_queue.instance",
    title: "Processes that work on the queue",
    columns: { ours: ["name", "host", "version", "node_version", "application_name", "workers", "metrics", "config"] },
  },
  {
    name: "lethe_queue.queue",
    title: "Queues, with what is worked on now",
    cleared: ({ uuid }) => ({
      set: Prisma.sql`singletons_active = array_remove(singletons_active, ${uuid})`,
      where: Prisma.sql`${uuid} = ANY(singletons_active)`,
    }),
    columns: { ours: ["name", "policy", "dead_letter", "table_name"], id: ["singletons_active"] },
  },
  { name: "lethe_queue.queue_stats", title: "Figures of the queues", columns: { ours: ["name"] } },
  {
    name: "lethe_queue.schedule",
    title: "Schedules of the queue, of which there is none",
    columns: { ours: ["name", "key", "kind", "cron", "timezone", "data", "options"] },
  },
  { name: "lethe_queue.subscription", title: "Subscriptions of the queue", columns: { ours: ["event", "name"] } },
  { name: "lethe_queue.version", title: "The queue's version", columns: {} },
];
