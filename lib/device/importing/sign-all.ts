import { type DraftContent, isBlankLine } from '../../core/custody/draft.ts'
import type { Nameable } from '../check.ts'
import { type DeskProps, type Sent, signAct } from '../desk.ts'
import { packAct, packOnward } from '../forms/packing.ts'

export type DraftToSign = { readonly reference: string; readonly nonce: string; readonly content: DraftContent }

/** What came of one draft; `unsignable`: it stays a draft, to be mended on its own page. */
export type SignedDraft =
  | { readonly outcome: 'recorded' | 'kept' | 'signed-before' | 'no-key' | 'no-storage' }
  | { readonly outcome: 'unsignable' | 'refused'; readonly code: string }

/**
 * Signs one draft's packing with this device's key, in as many records as its lines need: each is stored in the outbox before it is sent, so that
 * closing the page loses none. Where the network is gone the rest is kept behind it.
 */
export async function signDraft(args: {
  desk: DeskProps
  draft: DraftToSign
  parties: readonly Nameable[]
}): Promise<SignedDraft> {
  const { desk, draft, parties } = args
  const { reference, nonce } = draft
  const content = { ...draft.content, lines: draft.content.lines.filter(line => !isBlankLine(line)) }
  const { act, refusal, fit, all } = packAct({ desk, reference, content, parties, nonce, after: '' })
  if (refusal !== undefined) return { outcome: 'unsignable', code: refusal }
  let sent = await signAct(desk, act)
  for (let done = fit; done < all; ) {
    if (sent.outcome !== 'recorded' && sent.outcome !== 'kept') return said(sent)
    // Order, waybill and remark stand in the first record.
    const rest = { ...content, lines: content.lines.slice(done), order: '', waybill: '', remark: '' }
    const onward = packOnward({ desk, reference, content: rest, after: sent.hash, firstLine: done + 1 })
    if (onward.fit === 0) break
    done += onward.fit
    sent = await signAct(desk, onward.act)
  }
  return said(sent)
}

function said(sent: Sent): SignedDraft {
  return sent.outcome === 'refused' ? { outcome: 'refused', code: sent.code } : { outcome: sent.outcome }
}
