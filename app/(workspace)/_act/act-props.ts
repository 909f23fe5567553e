import type { ConsignmentState } from '@/lib/core/custody/state.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import type { DeskProps } from '@/lib/device/desk.ts'

/** What the form of every act is given: the consignment as it stood when the page was rendered, and for whom it signs. */
export interface ActProps {
  readonly desk: DeskProps
  readonly reference: string
  readonly state: ConsignmentState
  /** Event hash of the newest record that the page knew. */
  readonly head: string
  /** Every party that the page names, and every one that the act may name. */
  readonly parties: readonly NamedParty[]
  /** `as` of this page's links. */
  readonly as: string | undefined
}

/** Kinds of act that have a form, in the order they are offered. */
export const FORMS = [
  'receive',
  'release',
  'withdraw',
  'refuse',
  'settle',
  'distribute',
  'adjust',
  'write-off',
  'redirect',
  'correct',
] as const
export type FormKind = (typeof FORMS)[number]
