/** The peer's till as a process of its own: PouchDB over leveldb, filled with the same settlements, replicates them all. Warm as a till is (client.ts). */

import { join } from 'node:path'
import PouchDB from 'pouchdb'
import { openLedgerForReading } from '../../../settlement/store/sqlite/open-ledger.ts'
import { must } from '../commit-settlement.ts'
import { documentsOf } from './settlement-document.ts'

const [, , path = '', folder = '', url = '', batch = '', warm = ''] = process.argv
const FILL = 500

const ledger = must(openLedgerForReading(path))
const documents = documentsOf(ledger)
ledger.close()
const database = new PouchDB(join(folder, 'till'))
const options = batch === '' ? {} : { batch_size: Number(batch) }

async function keep(from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += FILL) await database.bulkDocs(documents.slice(first, Math.min(first + FILL, to)))
}

await keep(0, Number(warm))
await database.replicate.to(url, options)
await keep(Number(warm), documents.length)
process.stdout.write('warm\n')
const cpu = process.cpuUsage()
const begin = performance.now()
const done = await database.replicate.to(url, options)
const ms = performance.now() - begin
const { user, system } = process.cpuUsage(cpu)
if (!done.ok || done.docs_written !== documents.length - Number(warm)) throw new Error(`${done.docs_written} of ${documents.length - Number(warm)} documents came over`)
const content = documents.reduce((bytes, document) => bytes + Buffer.byteLength(JSON.stringify(document)), 0) / documents.length
process.stdout.write(`${JSON.stringify({ ms, cpuUs: user + system, content })}\n`)
await database.close()
