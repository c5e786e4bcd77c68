/**
 * `column` is one of `values`: one parameter however many values there are, so that a batch's thousand people are one
 * question and one statement.
 */

import { sql, type RawBuilder } from 'kysely'
import { dialectOf, type CentreQueries } from './centre-database.ts'

/** `column` with its table where two tables have one of that name: "person.psn_no". */
export const anyOf = (db: CentreQueries, column: string, values: readonly (string | number)[]): RawBuilder<boolean> =>
  dialectOf(db) === 'postgres'
    ? sql<boolean>`${sql.ref(column)} = any(${[...values]})`
    : sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
