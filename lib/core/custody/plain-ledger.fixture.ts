import type { ConsignmentEvent } from './event.ts'

/**
 * The rules of PROTOCOL §4 written a second time, another way: a list of movements between accounts and nothing kept but that list.
 * It knows no suspended parties, no keys and no quoted moves; tests compare it with the fold on histories without those.
 */
type Movement = { readonly line: string; readonly from: string; readonly to: string; readonly quantity: number }
export type Verdict = 'in effect' | 'kept' | 'refused'
type Seen = { readonly hash: string; readonly event: ConsignmentEvent; readonly inEffect: boolean; settled: boolean }
type Facts = { readonly proven?: boolean; readonly sound?: boolean }

export interface PlainLedger {
  readonly movements: Movement[]
  judge(event: ConsignmentEvent, hash: string, facts: Facts): Verdict
  /** What lies in an account now: everything that came in less everything that went out. */
  sum(line: string, account: string): number
}

const own = (party: string, condition: string) => `${condition} with ${party}`
const openAt = (hash: string, condition: string) => `${condition} missing in ${hash}`

export function plainLedger(parties: ReadonlySet<string>): PlainLedger {
  const movements: Movement[] = []
  const chain: Seen[] = []
  const sum = (line: string, account: string) =>
    movements.reduce((all, each) => {
      if (each.line !== line) return all
      return all + (each.to === account ? each.quantity : 0) - (each.from === account ? each.quantity : 0)
    }, 0)
  const moves = (line: string, from: string, to: string, quantity: number) =>
    movements.push({ line, from, to, quantity })

  const living = <K extends ConsignmentEvent['kind']>(kind: K) =>
    chain.filter(
      (each): each is Seen & { event: Extract<ConsignmentEvent, { kind: K }> } =>
        each.inEffect && each.event.kind === kind,
    )
  const find = (hash: string) => living('release').find(each => each.hash === hash)
  const isAnswered = (hash: string) =>
    [...living('receive'), ...living('refuse'), ...living('withdraw')].some(each => each.event.body.release === hash)
  const founder = () => chain[0]?.event.by
  const consignee = () => {
    const redirected = living('redirect').at(-1)
    const [first] = living('pack')
    return redirected ? redirected.event.body.consignee : first?.event.body.consignee
  }
  const lines = () => living('pack').flatMap(each => each.event.body.lines.map(line => line.id))
  const isHolder = (party: string) =>
    lines().some(line => sum(line, own(party, 'sound')) + sum(line, own(party, 'damaged')) > 0)
  const offered = (party: string, line: string, condition: string) =>
    living('release')
      .filter(each => each.event.by === party && !isAnswered(each.hash))
      .flatMap(each => each.event.body.lines)
      .reduce((all, each) => all + (each.line === line && each.condition === condition ? Number(each.quantity) : 0), 0)
  const free = (party: string, line: string, condition: string) =>
    sum(line, own(party, condition)) - offered(party, line, condition)
  const isFree = (party: string, parts: readonly { line: string; condition: string; quantity: string }[]) =>
    isOnce(parts) &&
    parts.every(each => lines().includes(each.line) && free(party, each.line, each.condition) >= Number(each.quantity))
  const isOnce = (parts: readonly { line: string; condition?: string }[]) =>
    new Set(parts.map(each => `${each.line} ${each.condition}`)).size === parts.length
  const entered = (line: string) => sum(line, 'outside') * -1

  const mayAnswer = (by: string, hash: string, claim: string | undefined, proven: boolean) => {
    const offer = find(hash)
    if (!offer || isAnswered(hash) || offer.event.by === by) return false
    const to = offer.event.body.to
    return 'claim' in to ? claim !== undefined && proven : to.party === by && claim === undefined
  }

  /** Whether the table allows it now. */
  function fits(event: ConsignmentEvent, facts: Facts): boolean {
    const { by } = event
    switch (event.kind) {
      case 'pack':
        if (chain.length === 0) return true
        return (
          founder() === by &&
          living('release').length === 0 &&
          event.body.nonce === undefined &&
          event.body.consignee === undefined &&
          event.body.lines.every(line => !lines().includes(line.id))
        )
      case 'release': {
        const to = event.body.to
        const isGood = 'claim' in to ? facts.sound === true : parties.has(to.party) && to.party !== by
        return isGood && isFree(by, event.body.lines)
      }
      case 'receive': {
        const { release, claim, lines: taken, surplus = [] } = event.body
        if (!mayAnswer(by, release, claim, facts.proven === true)) return false
        const offer = find(release)?.event.body.lines ?? []
        const isWhole = offer.every(given => {
          const of = taken.filter(each => each.line === given.line && each.condition === given.condition)
          const parts = of.flatMap(each => [
            each.received,
            each.damaged?.quantity ?? 0,
            each.missing?.quantity ?? 0,
            each.left?.quantity ?? 0,
          ])
          const isDamagedTwice = given.condition === 'damaged' && of.some(each => each.damaged)
          return (
            of.length === 1 &&
            !isDamagedTwice &&
            parts.reduce<number>((all, each) => all + Number(each), 0) === Number(given.quantity)
          )
        })
        return (
          isWhole &&
          taken.length === offer.length &&
          isOnce(surplus) &&
          surplus.every(each => lines().includes(each.line))
        )
      }
      case 'refuse':
        return mayAnswer(by, event.body.release, event.body.claim, facts.proven === true)
      case 'withdraw':
        return find(event.body.release)?.event.by === by && !isAnswered(event.body.release)
      case 'settle': {
        const body = event.body
        if ('event' in body) {
          const named = chain.find(each => each.hash === body.event)
          return (
            named !== undefined &&
            !named.inEffect &&
            !named.settled &&
            (isHolder(by) || by === consignee() || by === founder())
          )
        }
        const giver = find(body.handoff)?.event.by
        const isOpen = (each: { line: string; condition: string; lost: string; found: string }) => {
          const settled = Number(each.lost) + Number(each.found)
          return settled > 0 && settled <= sum(each.line, openAt(body.handoff, each.condition))
        }
        return (
          (by === giver || (giver !== undefined && by === founder())) && isOnce(body.lines) && body.lines.every(isOpen)
        )
      }
      case 'adjust':
        return (
          isOnce(event.body.lines) &&
          event.body.lines.every(({ line, condition, change }) => {
            const held = sum(line, own(by, 'sound')) + sum(line, own(by, 'damaged'))
            return held > 0 && (Number(change) > 0 || free(by, line, condition) + Number(change) >= 0)
          })
        )
      case 'write-off':
        return isFree(by, event.body.lines)
      case 'distribute':
        return by === consignee() && isFree(by, event.body.lines)
      case 'move':
        return event.body.to !== event.subject && isFree(by, event.body.lines)
      case 'redirect':
        return (
          (by === founder() || by === consignee()) &&
          event.body.consignee !== consignee() &&
          parties.has(event.body.consignee)
        )
      case 'correct': {
        const named = chain.find(each => each.hash === event.body.event)
        return named?.event.by === by && named.event.kind !== 'correct'
      }
      case 'report':
      case 'restate':
        return false
    }
  }

  function move(event: ConsignmentEvent, hash: string): void {
    const { by } = event
    switch (event.kind) {
      case 'pack':
        for (const line of event.body.lines) moves(line.id, 'outside', own(by, 'sound'), Number(line.quantity))
        return
      case 'receive': {
        const giver = find(event.body.release)?.event.by ?? ''
        for (const { line, condition, received, damaged, missing } of event.body.lines) {
          moves(line, own(giver, condition), own(by, condition), Number(received))
          moves(line, own(giver, condition), own(by, 'damaged'), Number(damaged?.quantity ?? 0))
          moves(line, own(giver, condition), openAt(event.body.release, condition), Number(missing?.quantity ?? 0))
        }
        for (const { line, quantity } of event.body.surplus ?? [])
          moves(line, 'outside', own(by, 'sound'), Number(quantity))
        return
      }
      case 'settle': {
        const body = event.body
        if ('event' in body) {
          for (const each of chain) if (each.hash === body.event) each.settled = true
          return
        }
        const giver = find(body.handoff)?.event.by ?? ''
        for (const { line, condition, lost, found } of body.lines) {
          moves(line, openAt(body.handoff, condition), 'lost', Number(lost))
          moves(line, openAt(body.handoff, condition), own(giver, condition), Number(found))
        }
        return
      }
      case 'adjust':
        for (const { line, condition, change } of event.body.lines)
          moves(line, 'outside', own(by, condition), Number(change))
        return
      case 'write-off':
      case 'distribute':
      case 'move':
        for (const { line, condition, quantity } of event.body.lines)
          moves(line, own(by, condition), event.kind, Number(quantity))
        return
      default:
        if (hash === '') throw new Error('an event has a hash')
    }
  }

  const named = (event: ConsignmentEvent): string[] => {
    if (event.kind === 'pack') return [event.by, event.body.consignee ?? event.by]
    if (event.kind === 'release' && 'party' in event.body.to) return [event.by, event.body.to.party]
    return event.kind === 'redirect' ? [event.by, event.body.consignee] : [event.by]
  }

  return {
    movements,
    sum: (line, account) => (account === 'came in' ? entered(line) : sum(line, account)),
    judge(event, hash, facts) {
      const isFirst = chain.length === 0
      if (isFirst ? event.after !== '' : !chain.some(each => each.hash === event.after)) return 'refused'
      const head = chain.at(-1)
      const isMendable = isFirst || (head?.hash === event.after && head.inEffect)
      const inEffect = fits(event, facts)
      const bearsClaim =
        (event.kind === 'receive' || event.kind === 'refuse') &&
        facts.proven === true &&
        chain.some(
          each => each.hash === event.body.release && each.event.kind === 'release' && 'claim' in each.event.body.to,
        )
      const stands = chain.some(each => named(each.event).includes(event.by)) || bearsClaim
      if (!inEffect && (isMendable || !stands)) return 'refused'
      if (inEffect) move(event, hash)
      chain.push({ hash, event, inEffect, settled: false })
      return inEffect ? 'in effect' : 'kept'
    },
  }
}
