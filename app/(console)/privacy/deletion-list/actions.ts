"use server";

import { defineAction } from "#lib/action.ts";
import { fileMatched } from "#lib/privacy/deletion-list/file.ts";
import { matchDeletionList } from "#lib/privacy/deletion-list/match.ts";
import {
  addListRows,
  confirmOptOut,
  downloadReport,
  removeListRows,
  reportList,
} from "#lib/privacy/deletion-list/mutations.ts";
import {
  addListRowsSchema,
  confirmOptOutSchema,
  downloadReportSchema,
  fileMatchedSchema,
  matchListSchema,
  removeListRowsSchema,
  reportListSchema,
} from "#lib/privacy/deletion-list/schema.ts";

export const addListRowsAction = defineAction(addListRowsSchema, addListRows, { keepPage: true });
export const removeListRowsAction = defineAction(removeListRowsSchema, removeListRows, { keepPage: true });
export const matchDeletionListAction = defineAction(matchListSchema, matchDeletionList);
export const fileMatchedAction = defineAction(fileMatchedSchema, fileMatched, { keepPage: true });
export const confirmOptOutAction = defineAction(confirmOptOutSchema, confirmOptOut);
export const downloadReportAction = defineAction(downloadReportSchema, downloadReport, { keepPage: true });
export const reportListAction = defineAction(reportListSchema, reportList);
