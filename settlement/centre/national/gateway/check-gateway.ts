/** Lets a request in, or says in the gateway's own form why not: JSON with code 401. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import type { CentreMoment } from '../../ports.ts'
import type { CentreQueries } from '../../store/centre-database.ts'
import { isSignedWith, SIGNED_HEADERS, type SignedHeaders } from './signature.ts'

export type GatewayRefusal =
  | { readonly kind: 'headers-missing'; readonly missing: readonly string[] }
  | { readonly kind: 'time-wrong'; readonly timestamp: string; readonly minutes: number; readonly centreTime: number }
  | { readonly kind: 'key-unknown' }
  | { readonly kind: 'signature-wrong' }

export interface GatewayRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface GatewayRules {
  readonly toleranceMinutes: number
  readonly unsigned: boolean
}

/** The institution whose key it is; undefined for an unsigned call where those are taken. */
export async function checkGateway(
  db: CentreQueries,
  { headers }: GatewayRequest,
  rules: GatewayRules,
  now: CentreMoment
): Promise<Result<string | undefined, GatewayRefusal>> {
  const value = (name: string): string => {
    const header = headers[name]
    return typeof header === 'string' ? header : ''
  }
  const missing = [...SIGNED_HEADERS, '_api_signature'].filter((name) => value(name) === '')
  if (missing.length > 0) return rules.unsigned ? ok(undefined) : refuse({ kind: 'headers-missing', missing })
  const timestamp = value('_api_timestamp')
  const isNear = /^\d{13}$/.test(timestamp) && Math.abs(Number(timestamp) - now.epochMs) <= rules.toleranceMinutes * 60_000
  if (!isNear) return refuse({ kind: 'time-wrong', timestamp, minutes: rules.toleranceMinutes, centreTime: now.epochMs })
  const key = await db.selectFrom('national_key').where('access_key', '=', value('_api_access_key')).select(['secret', 'institution']).executeTakeFirst()
  if (key === undefined) return refuse({ kind: 'key-unknown' })
  const signed: SignedHeaders = {
    _api_access_key: value('_api_access_key'),
    _api_name: value('_api_name'),
    _api_timestamp: timestamp,
    _api_version: value('_api_version')
  }
  return isSignedWith(key.secret, signed, value('_api_signature')) ? ok(key.institution) : refuse({ kind: 'signature-wrong' })
}

export function gatewayMessage(refusal: GatewayRefusal): string {
  switch (refusal.kind) {
    case 'headers-missing':
      return `missing headers 缺少请求头: ${refusal.missing.join(', ')}`
    case 'time-wrong':
      return `_api_timestamp ${refusal.timestamp.slice(0, 20)}: must be 13 digits of ms within ${refusal.minutes} min of ${refusal.centreTime} 时间戳超出允许范围`
    case 'key-unknown':
      return '_api_access_key: unknown 访问密钥不存在'
    case 'signature-wrong':
      return '_api_signature: not base64(HmacSHA1(secret, sorted pairs)) of the four _api_ headers 签名不正确'
    default:
      return refusal satisfies never
  }
}
