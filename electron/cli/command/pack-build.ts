import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import { buildPack, type PackMember } from '../../../settlement/pack/build-pack.ts'
import type { MemberKind } from '../../../settlement/pack/pack-limits.ts'
import { parseSigningKey, parseTrustedKeys, type SigningKey } from '../../../settlement/pack/publisher-key.ts'
import { checkBeside } from '../../host/packs/install-pack.ts'
import { readPackCatalogue } from '../../host/packs/read-pack-catalogue.ts'
import { readWhole } from '../../host/files/read-file.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { asBadInput, readDocument } from '../document.ts'
import { badInput, type Failure } from '../failure.ts'
import { deliveredDocuments, packFailure, trustFileOf } from '../pack-place.ts'
import { memberPath } from '../pack-members.ts'

const SYNOPSIS =
  '--id ID --version VERSION --key FILE --out FILE [--policy FILE]... [--rules FILE]... [--catalogue FILE] [--effective DAY] [--publisher NAME] [--note TEXT] [--unchecked]'

export const packBuildCommand: Command = {
  name: 'pack build',
  synopsis: SYNOPSIS,
  summary: 'a signed pack of policies, rules and catalogue; what no terminal would take is refused here already (制作数据包)',
  options: {
    id: { type: 'string' },
    version: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string' },
    policy: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
    catalogue: { type: 'string', multiple: true },
    effective: { type: 'string' },
    publisher: { type: 'string' },
    note: { type: 'string' },
    unchecked: { type: 'boolean' }
  },
  positionals: [],
  run: (input, terminal) => {
    const [id, version, keyPath, out] = ['id', 'version', 'key', 'out'].map((option) => required(input, option, `pack build ${SYNOPSIS}`))
    if (id === undefined || version === undefined || keyPath === undefined || out === undefined) return badInput('missing-option', SYNOPSIS)
    if (!id.ok) return id
    if (!version.ok) return version
    if (!keyPath.ok) return keyPath
    if (!out.ok) return out
    if (existsSync(out.value)) return badInput('file-exists', `--out: ${out.value} is there already`)
    const key = readKey(keyPath.value)
    if (!key.ok) return key
    const members = readFiles(input)
    if (!members.ok) return members
    const today = terminal.clock().today
    const publisher = input.text('publisher') ?? publisherBeside(keyPath.value, key.value)
    const head = { id: id.value, version: version.value, issued: today, effective: input.text('effective') ?? today, publisher, note: input.text('note') }
    const zip = buildPack(head, members.value, key.value)
    if (!zip.ok) return packFailure(out.value, zip.error)
    if (!input.flag('unchecked')) {
      const delivered = deliveredDocuments(terminal)
      if (!delivered.ok) return delivered
      const trusted = [{ id: key.value.id, publisher, publicKey: key.value.publicKey }]
      const checked = checkBeside(undefined, { zip: zip.value, trusted, delivered: delivered.value, readCatalogue: readPackCatalogue, knowsCode: undefined })
      if (!checked.ok) return packFailure(out.value, checked.error)
    }
    writeFileSync(out.value, zip.value, { flag: 'wx' })
    return ok({
      text: `${out.value}: pack 数据包 ${id.value} ${version.value}, from 生效 ${head.effective}, ${members.value.length} members, ${zip.value.length} bytes, key 密钥 ${key.value.id}`,
      json: { file: out.value, id: id.value, version: version.value, effective: head.effective, bytes: zip.value.length, key: key.value.id, members: members.value.map(({ path, kind, bytes }) => ({ path, kind, bytes: bytes.length })) }
    })
  }
}

/** `pack key` wrote down whose the key is; without that the key names itself. */
function publisherBeside(keyPath: string, { id }: SigningKey): string {
  const trust = trustFileOf(keyPath)
  const keys = existsSync(trust) ? readDocument(trust, 'trusted keys', parseTrustedKeys) : undefined
  const own = keys?.ok === true ? keys.value.find((key) => key.id === id) : undefined
  return own?.publisher ?? `key ${id}`
}

function readKey(path: string): Result<SigningKey, Failure> {
  const bytes = asBadInput(readWhole(path, 'key'))
  if (!bytes.ok) return bytes
  const key = parseSigningKey(new TextDecoder().decode(bytes.value))
  return key.ok ? key : badInput('bad-key', `key ${path}: it ${key.error}`)
}

const OPTIONS: readonly (readonly [option: string, kind: MemberKind])[] = [
  ['policy', 'policy'],
  ['rules', 'rules'],
  ['catalogue', 'catalogue']
]

function readFiles(input: CommandInput): Result<readonly PackMember[], Failure> {
  const members: PackMember[] = []
  for (const [option, kind] of OPTIONS) {
    for (const path of input.list(option)) {
      if (!existsSync(path)) return badInput('no-such-file', `--${option}: no such file: ${path}`)
      members.push({ kind, path: memberPath(kind, basename(path), members.map((member) => member.path)), bytes: Uint8Array.from(readFileSync(path)) })
    }
  }
  return members.length > 0 ? ok(members) : badInput('missing-option', `--policy, --rules or --catalogue: name at least one file; usage: caresettle pack build ${SYNOPSIS}`)
}
