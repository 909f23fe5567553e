import * as s from './shape.ts'

/** Closed lists of reasons. Nothing a person types stands in the clear (PROTOCOL §1); a remark is sealed. */
export const REASONS = {
  damaged: ['transit', 'wet', 'temperature', 'packaging', 'expired', 'handling'],
  missing: ['not-found', 'short-loaded', 'stolen', 'miscounted'],
  left: ['not-loaded', 'turned-away', 'no-space', 'wrong-goods', 'damaged', 'expired'],
  surplus: ['extra', 'miscounted'],
  refuse: ['turned-away', 'no-space', 'wrong-goods', 'damaged', 'expired', 'not-expected'],
  adjust: ['recount', 'found', 'miscounted', 'wrong-line'],
  'write-off': ['damaged', 'expired', 'lost', 'stolen', 'recalled', 'destroyed'],
  redirect: ['need-met', 'no-access', 'more-urgent', 'consignee-asked', 'mistake'],
  suspend: ['requested', 'compromised', 'misuse', 'closed'],
  revoke: ['left', 'lost', 'stolen'],
} as const

const condition = s.code(['sound', 'damaged'])
const named = s.code(['public', 'withheld'])
const moved = s.object({ line: s.lineId, condition, quantity: s.quantity })
const because = (reasons: readonly string[]) => s.object({ quantity: s.quantity, reason: s.code(reasons) })

type Donor = { readonly party: string } | { readonly named: 'public' | 'withheld' }
const donor = s.either<Donor>({ party: s.object({ party: s.reference }), named: s.object({ named }) })
type From = { readonly event: string; readonly line: string } | { readonly reported: string }
const from = s.either<From>({
  event: s.object({ event: s.hex(32), line: s.lineId }),
  reported: s.object({ reported: s.consignment }),
})
type To = { readonly party: string; readonly via?: 'public' | 'withheld' } | { readonly claim: string }
const to = s.either<To>({
  party: s.object({ party: s.reference }, { via: named }),
  claim: s.object({ claim: s.hex(32) }),
})

const needed = { item: s.text(200), unit: s.unit, quantity: s.quantity }
const goods = { id: s.lineId, ...needed }
const goodsMore = { lot: s.text(60), expiry: s.expiry, packSize: s.quantity }
/** What a packed line says of its goods, member by member: a form asks each field of its own. */
export const GOODS = { ...needed, ...goodsMore } as const
const packed = s.object(goods, { ...goodsMore, donor, from, condition: s.code(['damaged']) })
const reportedLine = s.object(goods, goodsMore)

const answered = s.object(
  { line: s.lineId, condition, received: s.quantityOrZero },
  { damaged: because(REASONS.damaged), missing: because(REASONS.missing), left: because(REASONS.left) },
)
const extra = s.object({ line: s.lineId, quantity: s.quantity, reason: s.code(REASONS.surplus) })

type Settle =
  | {
      readonly handoff: string
      readonly lines: readonly {
        readonly line: string
        readonly condition: 'sound' | 'damaged'
        readonly lost: string
        readonly found: string
      }[]
    }
  | { readonly event: string; readonly reason: 'restated' | 'void' }
const settle = s.either<Settle>({
  handoff: s.object({
    handoff: s.hex(32),
    lines: s.list(s.object({ line: s.lineId, condition, lost: s.quantityOrZero, found: s.quantityOrZero })),
  }),
  event: s.object({ event: s.hex(32), reason: s.code(['restated', 'void']) }),
})

/** Body of every kind of version 1, by what the subject is about (PROTOCOL §2–4). A kind that is not here is newer than this program. */
export const KINDS = {
  log: {
    found: s.object(
      {
        origin: s.text(200),
        operator: s.reference,
        publicKey: s.hex(32),
        mode: s.code(['production', 'demo']),
        index: s.flag,
      },
      { previous: s.note },
    ),
  },
  party: {
    register: s.object({ nonce: s.hex(16), type: s.code(['organisation', 'person']), named }),
    update: s.object({ named }),
    suspend: s.object({ reason: s.code(REASONS.suspend) }),
    resume: s.object({}),
  },
  key: {
    enrol: s.object(
      {
        party: s.reference,
        publicKey: s.hex(32),
        role: s.code(['admin', 'member']),
        held: s.code(['device', 'server', 'paper']),
        proof: s.hex(64),
      },
      { until: s.time },
    ),
    revoke: s.object({ reason: s.code(REASONS.revoke) }, { from: s.leafIndex }),
  },
  consignment: {
    pack: s.object({ lines: s.list(packed) }, { nonce: s.hex(16), consignee: s.reference, need: s.need }),
    release: s.object({ to, lines: s.list(moved) }),
    receive: s.object({ release: s.hex(32), lines: s.list(answered) }, { surplus: s.list(extra), claim: s.hex(64) }),
    refuse: s.object({ release: s.hex(32), reason: s.code(REASONS.refuse) }, { claim: s.hex(64) }),
    withdraw: s.object({ release: s.hex(32) }),
    settle,
    adjust: s.object({
      lines: s.list(s.object({ line: s.lineId, condition, change: s.change, reason: s.code(REASONS.adjust) })),
    }),
    'write-off': s.object({ lines: s.list(moved), reason: s.code(REASONS['write-off']) }),
    distribute: s.object({ lines: s.list(moved) }),
    move: s.object({ to: s.consignment, lines: s.list(moved) }),
    redirect: s.object({ consignee: s.reference, reason: s.code(REASONS.redirect) }),
    restate: s.object({ note: s.note }),
    correct: s.object(
      { event: s.hex(32) },
      {
        at: s.time,
        place: s.place,
        lines: s.list(s.object({ id: s.lineId }, { lot: s.text(60), expiry: s.expiry })),
      },
    ),
    report: s.object(
      {},
      {
        nonce: s.hex(16),
        lines: s.list(reportedLine),
        dates: s.object({}, { ordered: s.date, scheduled: s.date, delivered: s.date, recorded: s.date }),
        mode: s.code(['air', 'air-charter', 'ocean', 'truck']),
        to: s.country,
      },
    ),
  },
} as const

export type About = keyof typeof KINDS
export type KindOf<A extends About> = keyof (typeof KINDS)[A] & string
export type BodyOf<A extends About, K extends KindOf<A>> = s.Shaped<(typeof KINDS)[A][K]>

const line = '(?:/[1-9][0-9]{0,3})?'
const ANYWHERE = ['place', 'remark']

/** Sealed fields each kind may carry beside `place` and `remark`, as patterns of the whole field name. */
export const SEALED: Readonly<Record<string, readonly string[]>> = {
  register: ['name'],
  update: ['name'],
  pack: ['donor/[1-9][0-9]{0,3}', 'order', 'waybill'],
  release: ['via', 'vehicle', 'waybill'],
  receive: ['vehicle', 'waybill'],
  report: [
    `vendor${line}`,
    `recipient${line}`,
    `site${line}`,
    `order${line}`,
    `shipment`,
    `freight${line}`,
    `insurance${line}`,
    `weight${line}`,
  ],
}

/** True when an event of `kind` may seal `field`; a correction any field that some kind seals, its target decides which. A restatement seals nothing of its own: openings are those of the restated event. */
export function isSealable(kind: string, field: string): boolean {
  if (kind === 'restate') return false
  const patterns = kind === 'correct' ? Object.values(SEALED).flat() : (SEALED[kind] ?? [])
  return ANYWHERE.includes(field) || patterns.some(pattern => new RegExp(`^(?:${pattern})$`).test(field))
}
