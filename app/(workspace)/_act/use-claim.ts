'use client'
import { useEffect, useState } from 'react'
import { hexDecode, hexEncode } from '@/lib/core/bytes.ts'
import type { Release } from '@/lib/core/custody/state.ts'
import { signClaim } from '@/lib/device/claim.ts'
import { type Act, type DeskProps, keyOf } from '@/lib/device/desk.ts'
import { paperSigner } from '@/lib/device/key.ts'
import { takingOf } from '@/lib/device/taking.ts'

/** `none` is needed, still `reading`, the code is `absent` here, it is another's (`wrong`), or it fits. */
export type ClaimState = 'none' | 'reading' | 'absent' | 'wrong' | 'fits'

/** The scanned code of an open release, and what signs with it for this device's key. For a release to a named party nothing is needed. */
export function useClaim(desk: DeskProps, release: Release) {
  const wanted = 'claim' in release.to ? release.to.claim : undefined
  const [state, setState] = useState<ClaimState>(wanted === undefined ? 'none' : 'reading')
  useEffect(() => {
    if (wanted === undefined) return
    const seed = hexDecode(takingOf(release.hash) ?? '', 32)
    if (!seed) return setState('absent')
    void paperSigner(seed).then(({ publicKey }) => setState(hexEncode(publicKey) === wanted ? 'fits' : 'wrong'))
  }, [release.hash, wanted])
  const complete = async (act: Act<'consignment'>): Promise<Act<'consignment'>> => {
    if (wanted === undefined || (act.kind !== 'receive' && act.kind !== 'refuse')) return act
    const key = await keyOf(desk)
    const seed = takingOf(release.hash)
    const claim = key && seed && (await signClaim({ seed, release: release.hash, party: desk.party, key: key.key }))
    // Without a key nothing is signed at all, and the button says so.
    return claim ? ({ ...act, body: { ...act.body, claim } } as Act<'consignment'>) : act
  }
  /** Stands for the claim while the form is only checked. */
  const placeholder = wanted === undefined ? {} : { claim: '0'.repeat(128) }
  return { state, complete, placeholder }
}
