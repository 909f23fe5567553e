import { hexEncode } from '@/lib/core/bytes.ts'
import { type DeskProps, keyOf, type Sent, signChain } from '@/lib/device/desk.ts'
import { paperSigner, proveKey, proveWith } from '@/lib/device/key.ts'
import { markSeen } from '@/lib/device/known-keys.ts'
import type { Begun } from './first-run.tsx'

/** Signs leaves 0–3 (PROTOCOL §2), keeps all four on this device, then sends them in order. `seed`: the recovery key's. */
export async function foundLog(args: { desk: DeskProps; begun: Begun; seed: Uint8Array }): Promise<Sent> {
  const { desk, begun, seed } = args
  const { origin, party } = desk
  const { nonce, values, code, previous } = begun
  const first = await keyOf(desk)
  if (!first) return { outcome: 'no-key' }
  const paper = await paperSigner(seed)
  const role = 'admin'
  // Both are made here and now: no news to this device.
  await markSeen({ origin, party, keys: [first, paper] })
  const firstPublicKey = hexEncode(first.publicKey)
  const proofs = { first: await proveKey(first, role), paper: await proveWith(paper, { origin, party, role }) }
  return signChain(
    desk,
    [
      {
        about: 'log',
        id: '',
        kind: 'found',
        after: '',
        body: {
          origin,
          operator: party,
          publicKey: firstPublicKey,
          mode: 'production',
          index: true,
          ...(previous !== undefined && { previous }),
        },
      },
      {
        about: 'party',
        id: party,
        kind: 'register',
        after: '',
        body: { nonce, type: values.type, named: values.named },
        values: { name: values.name },
      },
      {
        about: 'key',
        id: first.key,
        kind: 'enrol',
        after: '',
        body: { party, publicKey: firstPublicKey, role, held: 'device', proof: proofs.first },
      },
      {
        about: 'key',
        id: paper.key,
        kind: 'enrol',
        after: '',
        body: { party, publicKey: hexEncode(paper.publicKey), role, held: 'paper', proof: proofs.paper },
      },
    ],
    { firstRunCode: code },
  )
}
