import 'server-only'
import { addresseeOf } from '../data/addressees.ts'
import { addressNotices, tellOfWaiting } from '../data/addressing.ts'
import { type Claim, claimDeliveries, endClaim, putOff } from '../data/deliveries.ts'
import type { Log } from '../data/log-state.ts'
import type { Channel } from '../data/notice-settings.ts'
import { noticeViews } from '../data/notices.ts'
import { partiesNamed } from '../data/parties.ts'
import { browsersOf, dropBrowser } from '../data/push-subscriptions.ts'
import type { Letter, Sent } from '../mail/transport.ts'
import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { GIVE_UP, pauseAfter } from './back-off.ts'
import { composeNotices, composePush, type Reader, type Told } from './letters.ts'
import { type PushSender, sendPush } from './push.ts'

/** How notices leave this server. Without `post` no letters are sent, without `push` no browser is told. */
export type Outlet = {
  readonly log: Log
  /** Scheme and host of this server. */
  readonly site: string
  readonly post: ((letter: Letter) => Promise<Sent>) | undefined
  readonly push: PushSender | undefined
  /** 0 ≤ n < 1. */
  readonly random: () => number
  /** True once this process is to end: nothing new is begun. */
  readonly isStopping: () => boolean
}

/** People who are sent something at the same time. */
const AT_ONCE = 4

/**
 * Delivers everything that is due: addresses new notices to members, then sends by each channel. Killed anywhere it loses nothing: what was not
 * addressed is addressed again to the same deliveries, and what was claimed is due again after its lease. A letter that the mail server had taken when
 * this process died, before that was written down, is sent again with the same Message-ID. Any number of processes may do this at once.
 */
export async function deliverDue(outlet: Outlet): Promise<void> {
  const { log, isStopping } = outlet
  const channels = [...(outlet.post ? (['mail'] as const) : []), ...(outlet.push ? (['push'] as const) : [])]
  for (let taken = 1; taken > 0 && !isStopping(); ) {
    taken = await addressNotices(log, channels)
    if (taken > 0) measures().notices.inc({ channel: 'inbox', outcome: 'queued' }, taken)
  }
  for (const channel of channels) await deliverBy(outlet, channel)
}

/** Tells both sides of releases that nobody answers; asked for now and then, since no event says so. */
export async function tellWaiting({ log, isStopping }: Outlet): Promise<void> {
  while (!isStopping() && (await tellOfWaiting(log)) > 0) {
    // Some at a time, so that recording events has its turn in between.
  }
}

async function deliverBy(outlet: Outlet, channel: Channel): Promise<void> {
  while (!outlet.isStopping()) {
    const claims = await claimDeliveries(outlet.log, { channel, most: AT_ONCE })
    if (claims.length === 0) return
    const ends = await Promise.all(claims.map(claim => deliver(outlet, channel, claim)))
    // Nothing gets through at all: the others keep their place instead of all failing too.
    if (ends.every(end => end === 'unreachable')) return
  }
}

type End = 'sent' | 'gave-up' | 'unreachable'

async function deliver(outlet: Outlet, channel: Channel, claim: Claim): Promise<End> {
  try {
    const result = channel === 'mail' ? await mail(outlet, claim) : await push(outlet, claim)
    return await settle(outlet, channel, claim, result)
  } catch (error) {
    // Our bug or our database: it stays claimed, and is due again after its lease.
    logger('notices').error({ code: 'delivery-failed', channel, err: error }, 'a notice could not be delivered')
    return 'unreachable'
  }
}

type Result =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'again' | 'gave-up'; readonly code: string; readonly detail: string }

async function mail({ log, post, site }: Outlet, claim: Claim): Promise<Result> {
  const read = await readerOf(log, site, claim)
  if (!read || !post) return { outcome: 'gave-up', code: 'mail-off', detail: 'nobody to write to' }
  const { reader, email, notices } = read
  const sent = await post(await composeNotices({ id: claim.id, to: email, reader, notices }))
  measures().mails.inc({ outcome: sent.ok ? 'sent' : sent.code })
  if (sent.ok) return { outcome: 'sent' }
  return { ...sent, outcome: sent.code === 'mail-refused' ? 'gave-up' : 'again' }
}

/** One message to each browser of the person; it is sent where one took it. A browser that is gone is forgotten. */
async function push({ log, push: sender, site }: Outlet, claim: Claim): Promise<Result> {
  const browsers = await browsersOf(claim.userId, log)
  const read = await readerOf(log, site, claim)
  if (browsers.length === 0 || !read || !sender) return { outcome: 'gave-up', code: 'push-gone', detail: 'no browser' }
  const message = await composePush({ id: claim.id, reader: read.reader, notices: read.notices })
  const answers = await Promise.all(
    browsers.map(async browser => {
      const answer = await sendPush(sender, browser, message)
      if (!answer.ok && answer.code === 'push-gone') {
        await dropBrowser({ endpoint: browser.endpoint, userId: claim.userId }, log)
      }
      return answer
    }),
  )
  const failed = answers.filter(answer => !answer.ok)
  // Sent again to all where one may still take it: the same tag takes the place of what a browser already shows.
  const waiting = failed.find(({ code }) => code === 'push-unreachable')
  if (waiting) return { ...waiting, outcome: 'again' }
  if (failed.length < answers.length) return { outcome: 'sent' }
  return { ...(failed[0] as (typeof failed)[number]), outcome: 'gave-up' }
}

async function settle({ log, random }: Outlet, channel: Channel, claim: Claim, result: Result): Promise<End> {
  const counted = (outcome: string) => measures().notices.inc({ channel, outcome }, claim.notices.length)
  if (result.outcome === 'sent') {
    await endClaim(log, claim, { outcome: 'sent' })
    counted('sent')
    return 'sent'
  }
  const { code, detail } = result
  const now = log.clock()
  const age = now - (claim.notices[0]?.at ?? now)
  if (result.outcome === 'gave-up' || age > GIVE_UP[channel]) {
    await endClaim(log, claim, { outcome: 'gave-up', code })
    counted('gave-up')
    const said = { code, detail, channel, attempts: claim.attempts, notices: claim.notices.length }
    logger('notices').warn(said, 'notices were given up; the inbox has them')
    return result.outcome === 'again' ? 'unreachable' : 'gave-up'
  }
  await putOff(log, claim, { dueAt: now + pauseAfter({ attempts: claim.attempts, random: random() }), code })
  counted('retried')
  return 'unreachable'
}

async function readerOf(
  log: Log,
  site: string,
  { userId, notices }: Claim,
): Promise<{ reader: Reader; email: string; notices: readonly Told[] } | undefined> {
  const [person, parties, views] = await Promise.all([
    addresseeOf(userId, log),
    partiesNamed(
      notices.map(({ party }) => party),
      log,
    ),
    noticeViews(notices, log),
  ])
  if (!person) return undefined
  return {
    reader: { name: person.name, locale: person.locale, site },
    email: person.email,
    notices: views.map(view => ({ ...view, partyName: parties.get(view.party)?.name ?? view.party })),
  }
}
