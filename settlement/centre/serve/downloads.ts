/** What every terminal works by and holds a copy of: policies, catalogue, the list of cards that are lost or not activated. */

import type { FastifyInstance } from 'fastify'
import type { CentrePorts } from '../ports.ts'
import { barredCards } from '../record/cards.ts'
import { currentCatalogue, publishedPolicies } from '../record/places.ts'
import { refusal, sendRefusal } from './refusal.ts'
import { sendTagged } from './tagged.ts'

export function registerDownloads(app: FastifyInstance, { database: { db } }: CentrePorts): void {
  // Documents go out byte for byte as they were published: a policy is what its text says.
  app.get('/v1/policies', async (request, reply) => {
    const policies = await publishedPolicies(db)
    return sendTagged(request, reply, `"policies":[${policies.map(({ document }) => document).join(',')}]`)
  })
  app.get('/v1/catalogue', async (request, reply) => {
    const catalogue = await currentCatalogue(db)
    if (catalogue === undefined) return sendRefusal(reply, refusal(404, 'not-published', 'this centre has published no catalogue'))
    return sendTagged(request, reply, `"catalogue":${catalogue.document}`)
  })
  app.get('/v1/lost-cards', async (request, reply) => {
    const cards = (await barredCards(db)).map(({ card_id, lost, lost_since, activated }) => ({
      card_id,
      ...(lost !== null && { lost, since: lost_since }),
      ...(activated === 0 && { activated: false })
    }))
    return sendTagged(request, reply, `"cards":${JSON.stringify(cards)}`)
  })
}
