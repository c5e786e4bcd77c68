/** How a file is opened as a database: who counts, stops or breaks what a store asks of its disk hands in another way. */

import Database from 'better-sqlite3'

export type OpenDatabase = (path: string, options?: Database.Options) => Database.Database

export const openDatabase: OpenDatabase = (path, options) => new Database(path, options)
