import type { FastifyInstance } from 'fastify'
import type { CentrePorts } from '../ports.ts'

/** Whether somebody is there, who, and what time he has: asked before a terminal knows the centre. */
export function registerHealth(app: FastifyInstance, { database, clock }: CentrePorts, version: string): void {
  app.get('/v1/health', { config: { access: 'open' } }, async () => {
    await database.db.selectFrom('institution').select('fixmedins_code').limit(1).execute()
    return { name: 'caresettle-centre', version, time: clock().time }
  })
}
