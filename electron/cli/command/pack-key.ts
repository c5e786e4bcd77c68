import { existsSync, writeFileSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { ok } from '../../../base/result.ts'
import { parseSigningKey } from '../../../settlement/pack/publisher-key.ts'
import { textField } from '../../../settlement/wire/fields.ts'
import { required, type Command } from '../command.ts'
import { badInput } from '../failure.ts'
import { trustFileOf } from '../pack-place.ts'

const SYNOPSIS = '--out FILE --publisher NAME'

export const packKeyCommand: Command = {
  name: 'pack key',
  synopsis: SYNOPSIS,
  summary: 'a key pair that signs packs: the private half, and beside it the list that a terminal trusts (数据包签名密钥)',
  options: { out: { type: 'string' }, publisher: { type: 'string' } },
  positionals: [],
  run: (input) => {
    const out = required(input, 'out', `pack key ${SYNOPSIS}`)
    if (!out.ok) return out
    const publisher = required(input, 'publisher', `pack key ${SYNOPSIS}`)
    if (!publisher.ok) return publisher
    if (!textField(80).safeParse(publisher.value).success) return badInput('bad-option', '--publisher: must be a name of at most 80 characters')
    const trust = trustFileOf(out.value)
    const there = [out.value, trust].find((path) => existsSync(path))
    if (there !== undefined) return badInput('file-exists', `--out: ${there} is there already; a key is never overwritten`)
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const key = parseSigningKey(pem)
    if (!key.ok) return badInput('bad-key', key.error)
    writeFileSync(out.value, pem, { mode: 0o600, flag: 'wx' })
    writeFileSync(trust, `${JSON.stringify({ keys: [{ publisher: publisher.value, public_key: key.value.publicKey }] }, undefined, 2)}\n`, { flag: 'wx' })
    return ok({
      text: [`key 密钥 ${key.value.id}: ${out.value} signs, keep it secret (请妥善保管)`, `${trust} is for --trust, or for trusted-publishers.json of a data folder`].join('\n'),
      json: { id: key.value.id, publisher: publisher.value, public_key: key.value.publicKey, private_key_file: out.value, trust_file: trust }
    })
  }
}
