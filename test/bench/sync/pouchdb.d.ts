/** What the benchmark asks of its peer, which brings no types of its own. */

declare module 'pouchdb' {
  interface Replicated {
    readonly ok: boolean
    readonly docs_written: number
    readonly doc_write_failures: number
  }

  export default class PouchDB {
    static defaults(options: { readonly prefix: string }): typeof PouchDB
    constructor(name: string)
    bulkDocs(documents: readonly object[]): Promise<readonly object[]>
    readonly replicate: { to(url: string, options: { readonly batch_size?: number }): Promise<Replicated> }
    close(): Promise<void>
  }
}

declare module 'express-pouchdb' {
  import type { IncomingMessage, ServerResponse } from 'node:http'
  import type PouchDB from 'pouchdb'

  /** An express application, which is a listener of node:http. */
  export default function serve(
    database: typeof PouchDB,
    options: { readonly mode: 'minimumForPouchDB'; readonly inMemoryConfig: boolean }
  ): (request: IncomingMessage, response: ServerResponse) => void
}
