/** What a till's catalogue adds to its process: opened as the host opens it, searched, and the memory said in bytes. */

import { readCatalogue } from '../../../electron/host/files/delivered.ts'
import { openTillCatalogue } from '../../../electron/host/till-catalogue.ts'
import { date } from '../../../settlement/calendar/business-date.ts'

const [data = '', fixtures = '', ...texts] = process.argv.slice(2)
const LIMIT = 20
const ROUNDS = 20

const delivered = readCatalogue(fixtures)
if (!delivered.ok) throw new Error(delivered.error.message)
const opened = openTillCatalogue(data, delivered.value)
if (!opened.ok) throw new Error(opened.error)
const on = date('2026-03-01')
let hits = 0
for (let round = 0; round < ROUNDS; round += 1) {
  for (const text of texts) {
    const found = await opened.value.search(text, LIMIT, on)
    hits += found.length
    for (const { item } of found) opened.value.sameSubstance(item.med_list_codg, LIMIT, on)
  }
}
globalThis.gc?.()
console.log(JSON.stringify({ rss: process.memoryUsage.rss(), hits, size: opened.value.size }))
opened.value.close()
