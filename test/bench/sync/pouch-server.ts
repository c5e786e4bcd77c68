/** The peer's centre as a process of its own: express-pouchdb over leveldb, at its defaults. It keeps what it is sent. */

import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import servePouch from 'express-pouchdb'
import PouchDB from 'pouchdb'
import { tellOf } from './served.ts'

const [, , folder = ''] = process.argv
mkdirSync(folder)
const server = createServer(servePouch(PouchDB.defaults({ prefix: join(folder, '/') }), { mode: 'minimumForPouchDB', inMemoryConfig: true }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the peer listens on no port')
  tellOf(server, `http://127.0.0.1:${address.port}/settlements`)
})
