import { loadReceipts } from "#app/(console)/privacy/receipts/load.ts";
import { defineConsoleRead } from "#lib/console-read.ts";

export const GET = defineConsoleRead((request) => request, loadReceipts);
