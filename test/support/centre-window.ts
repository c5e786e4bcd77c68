/** A centre that takes batches, and windows of an institution that ask it as enrolled terminals do. */

import { registerIntake } from '../../settlement/centre/intake/routes.ts'
import { CentreClient, type Answer } from './centre-client.ts'
import { terminalName } from './centre-of-tests.ts'
import { testCentre, type TestCentre } from './test-centre.ts'
import { standInAuthority } from './test-till.ts'

export const intakeCentre = (): Promise<TestCentre> =>
  testCentre(undefined, { areas: [(app, ports) => registerIntake(app, { ...ports, authority: standInAuthority })] })

/** One of the terminals that are there. */
export async function centreWindow(centre: TestCentre, number: number): Promise<CentreClient> {
  const client = new CentreClient(centre.send, () => centre.time)
  client.terminal = terminalName(number)
  const { db } = centre.ports.database
  await db.updateTable('terminal').set({ public_key: client.publicKey }).where('terminal', '=', client.terminal).execute()
  return client
}

export const sendBatch = (client: CentreClient, body: Uint8Array): Promise<Answer> =>
  client.ask({ method: 'POST', path: '/v1/batches', headers: { 'content-type': 'application/x-ndjson' }, body })
