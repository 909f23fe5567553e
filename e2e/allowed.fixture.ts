/**
 * Who may do what on a consignment, and with which code all others are refused: claims written by hand from PROTOCOL §4, not computed.
 * `yes`: recorded and in effect. Anything else is the code of the refusal. 480 boxes in line 1, consigned to the hospital.
 */
const COLUMNS = ['donor', 'carrierA', 'hospital', 'clinic', 'operator'] as const
export type Column = (typeof COLUMNS)[number]

/** What is tried in every state: a good event of its kind, as this party would sign it. */
export const ACTS = [
  'pack',
  'release',
  'receive',
  'receive with the code',
  'receive with another code',
  'refuse',
  'refuse with the code',
  'withdraw',
  'settle',
  'settle a stray',
  'adjust',
  'write-off',
  'distribute',
  'move',
  'redirect',
  'correct',
  'report',
] as const
export type ActName = (typeof ACTS)[number]
export type Claims = Readonly<Record<ActName, Readonly<Record<Column, string>>>>

/** One row an act, one column a party; `=` repeats what stands to its left. */
function table(text: string): Claims {
  const rows = text
    .trim()
    .split('\n')
    .map(row => row.split('|').map(cell => cell.trim()))
  const claims = rows.map(([act = '', ...cells]) => {
    let left = ''
    const verdicts = COLUMNS.map((column, place) => {
      const cell = cells[place]
      if (cell === undefined || cell === '') throw new Error(`${act} says nothing of ${column}`)
      left = cell === '=' ? left : cell
      return [column, left]
    })
    return [act, Object.fromEntries(verdicts)]
  })
  const names = claims.map(([act]) => act)
  if (names.join() !== ACTS.join()) throw new Error(`the table has ${names.join(', ')}`)
  return Object.fromEntries(claims) as Claims
}

export const CLAIMS = {
  packed: table(`
    pack                      | yes             | not-consignor   | =                 | =               | =
    release                   | yes             | not-holder      | =                 | =               | =
    receive                   | release-unknown | =               | =                 | =               | =
    receive with the code     | release-unknown | =               | =                 | =               | =
    receive with another code | release-unknown | =               | =                 | =               | =
    refuse                    | release-unknown | =               | =                 | =               | =
    refuse with the code      | release-unknown | =               | =                 | =               | =
    withdraw                  | release-unknown | =               | =                 | =               | =
    settle                    | handoff-unknown | =               | =                 | =               | =
    settle a stray            | settle-target   | =               | =                 | =               | =
    adjust                    | yes             | not-holder      | =                 | =               | =
    write-off                 | yes             | not-holder      | =                 | =               | =
    distribute                | not-consignee   | =               | quantity-not-free | not-consignee   | =
    move                      | yes             | not-holder      | =                 | =               | =
    redirect                  | yes             | not-consignor   | yes               | not-consignor   | =
    correct                   | yes             | correct-target  | =                 | =               | =
    report                    | not-reported    | =               | =                 | =               | =`),
  // 300 to the carrier, who has not answered.
  offered: table(`
    pack                      | pack-closed     | not-consignor    | =                 | =               | =
    release                   | yes             | not-holder       | =                 | =               | =
    receive                   | release-self    | yes              | not-taker         | =               | =
    receive with the code     | release-self    | claim-unexpected | not-taker         | =               | =
    receive with another code | release-self    | claim-unexpected | not-taker         | =               | =
    refuse                    | release-self    | yes              | not-taker         | =               | =
    refuse with the code      | release-self    | claim-unexpected | not-taker         | =               | =
    withdraw                  | yes             | not-giver        | =                 | =               | =
    settle                    | handoff-unknown | =                | =                 | =               | =
    settle a stray            | settle-target   | =                | =                 | =               | =
    adjust                    | yes             | not-holder       | =                 | =               | =
    write-off                 | yes             | not-holder       | =                 | =               | =
    distribute                | not-consignee   | =                | quantity-not-free | not-consignee   | =
    move                      | yes             | not-holder       | =                 | =               | =
    redirect                  | yes             | not-consignor    | yes               | not-consignor   | =
    correct                   | yes             | correct-target   | =                 | =               | =
    report                    | not-reported    | =                | =                 | =               | =`),
  // All 480 to the carrier: the donor still holds them and has nothing left to give.
  'all offered': table(`
    pack                      | pack-closed       | not-consignor    | =                 | =               | =
    release                   | quantity-not-free | not-holder       | =                 | =               | =
    receive                   | release-self      | yes              | not-taker         | =               | =
    receive with the code     | release-self      | claim-unexpected | not-taker         | =               | =
    receive with another code | release-self      | claim-unexpected | not-taker         | =               | =
    refuse                    | release-self      | yes              | not-taker         | =               | =
    refuse with the code      | release-self      | claim-unexpected | not-taker         | =               | =
    withdraw                  | yes               | not-giver        | =                 | =               | =
    settle                    | handoff-unknown   | =                | =                 | =               | =
    settle a stray            | settle-target     | =                | =                 | =               | =
    adjust                    | yes               | not-holder       | =                 | =               | =
    write-off                 | quantity-not-free | not-holder       | =                 | =               | =
    distribute                | not-consignee     | =                | quantity-not-free | not-consignee   | =
    move                      | quantity-not-free | not-holder       | =                 | =               | =
    redirect                  | yes               | not-consignor    | yes               | not-consignor   | =
    correct                   | yes               | correct-target   | =                 | =               | =
    report                    | not-reported      | =                | =                 | =               | =`),
  // 300 to whoever shows the code.
  'open release': table(`
    pack                      | pack-closed     | not-consignor  | =                 | =               | =
    release                   | yes             | not-holder     | =                 | =               | =
    receive                   | release-self    | claim-missing  | =                 | =               | =
    receive with the code     | release-self    | yes            | =                 | =               | =
    receive with another code | release-self    | claim-wrong    | =                 | =               | =
    refuse                    | release-self    | claim-missing  | =                 | =               | =
    refuse with the code      | release-self    | yes            | =                 | =               | =
    withdraw                  | yes             | not-giver      | =                 | =               | =
    settle                    | handoff-unknown | =              | =                 | =               | =
    settle a stray            | settle-target   | =              | =                 | =               | =
    adjust                    | yes             | not-holder     | =                 | =               | =
    write-off                 | yes             | not-holder     | =                 | =               | =
    distribute                | not-consignee   | =              | quantity-not-free | not-consignee   | =
    move                      | yes             | not-holder     | =                 | =               | =
    redirect                  | yes             | not-consignor  | yes               | not-consignor   | =
    correct                   | yes             | correct-target | =                 | =               | =
    report                    | not-reported    | =              | =                 | =               | =`),
  // Of 300 the carrier took 290 sound and 6 damaged; 4 were missing.
  'received with a difference': table(`
    pack                      | pack-closed    | not-consignor | =                 | =               | =
    release                   | yes            | yes           | not-holder        | =               | =
    receive                   | release-closed | =             | =                 | =               | =
    receive with the code     | release-closed | =             | =                 | =               | =
    receive with another code | release-closed | =             | =                 | =               | =
    refuse                    | release-closed | =             | =                 | =               | =
    refuse with the code      | release-closed | =             | =                 | =               | =
    withdraw                  | release-closed | not-giver     | =                 | =               | =
    settle                    | yes            | not-settler   | =                 | =               | =
    settle a stray            | settle-target  | =             | =                 | =               | =
    adjust                    | yes            | yes           | not-holder        | =               | =
    write-off                 | yes            | yes           | not-holder        | =               | =
    distribute                | not-consignee  | =             | quantity-not-free | not-consignee   | =
    move                      | yes            | yes           | not-holder        | =               | =
    redirect                  | yes            | not-consignor | yes               | not-consignor   | =
    correct                   | yes            | yes           | correct-target    | =               | =
    report                    | not-reported   | =             | =                 | =               | =`),
  // The 4 were found to be lost.
  settled: table(`
    pack                      | pack-closed     | not-consignor | =                 | =               | =
    release                   | yes             | yes           | not-holder        | =               | =
    receive                   | release-closed  | =             | =                 | =               | =
    receive with the code     | release-closed  | =             | =                 | =               | =
    receive with another code | release-closed  | =             | =                 | =               | =
    refuse                    | release-closed  | =             | =                 | =               | =
    refuse with the code      | release-closed  | =             | =                 | =               | =
    withdraw                  | release-closed  | not-giver     | =                 | =               | =
    settle                    | handoff-unknown | =             | =                 | =               | =
    settle a stray            | settle-target   | =             | =                 | =               | =
    adjust                    | yes             | yes           | not-holder        | =               | =
    write-off                 | yes             | yes           | not-holder        | =               | =
    distribute                | not-consignee   | =             | quantity-not-free | not-consignee   | =
    move                      | yes             | yes           | not-holder        | =               | =
    redirect                  | yes             | not-consignor | yes               | not-consignor   | =
    correct                   | yes             | yes           | correct-target    | =               | =
    report                    | not-reported    | =             | =                 | =               | =`),
  refused: table(`
    pack                      | pack-closed     | not-consignor | =                 | =               | =
    release                   | yes             | not-holder    | =                 | =               | =
    receive                   | release-closed  | =             | =                 | =               | =
    receive with the code     | release-closed  | =             | =                 | =               | =
    receive with another code | release-closed  | =             | =                 | =               | =
    refuse                    | release-closed  | =             | =                 | =               | =
    refuse with the code      | release-closed  | =             | =                 | =               | =
    withdraw                  | release-closed  | not-giver     | =                 | =               | =
    settle                    | handoff-unknown | =             | =                 | =               | =
    settle a stray            | settle-target   | =             | =                 | =               | =
    adjust                    | yes             | not-holder    | =                 | =               | =
    write-off                 | yes             | not-holder    | =                 | =               | =
    distribute                | not-consignee   | =             | quantity-not-free | not-consignee   | =
    move                      | yes             | not-holder    | =                 | =               | =
    redirect                  | yes             | not-consignor | yes               | not-consignor   | =
    correct                   | yes             | yes           | correct-target    | =               | =
    report                    | not-reported    | =             | =                 | =               | =`),
  withdrawn: table(`
    pack                      | pack-closed     | not-consignor  | =                 | =               | =
    release                   | yes             | not-holder     | =                 | =               | =
    receive                   | release-closed  | =              | =                 | =               | =
    receive with the code     | release-closed  | =              | =                 | =               | =
    receive with another code | release-closed  | =              | =                 | =               | =
    refuse                    | release-closed  | =              | =                 | =               | =
    refuse with the code      | release-closed  | =              | =                 | =               | =
    withdraw                  | release-closed  | not-giver      | =                 | =               | =
    settle                    | handoff-unknown | =              | =                 | =               | =
    settle a stray            | settle-target   | =              | =                 | =               | =
    adjust                    | yes             | not-holder     | =                 | =               | =
    write-off                 | yes             | not-holder     | =                 | =               | =
    distribute                | not-consignee   | =              | quantity-not-free | not-consignee   | =
    move                      | yes             | not-holder     | =                 | =               | =
    redirect                  | yes             | not-consignor  | yes               | not-consignor   | =
    correct                   | yes             | correct-target | =                 | =               | =
    report                    | not-reported    | =              | =                 | =               | =`),
  // The hospital holds all 480.
  delivered: table(`
    pack                      | pack-closed     | not-consignor  | =              | =               | =
    release                   | not-holder      | =              | yes            | not-holder      | =
    receive                   | release-closed  | =              | =              | =               | =
    receive with the code     | release-closed  | =              | =              | =               | =
    receive with another code | release-closed  | =              | =              | =               | =
    refuse                    | release-closed  | =              | =              | =               | =
    refuse with the code      | release-closed  | =              | =              | =               | =
    withdraw                  | release-closed  | not-giver      | =              | =               | =
    settle                    | handoff-unknown | =              | =              | =               | =
    settle a stray            | settle-target   | =              | =              | =               | =
    adjust                    | not-holder      | =              | yes            | not-holder      | =
    write-off                 | not-holder      | =              | yes            | not-holder      | =
    distribute                | not-consignee   | =              | yes            | not-consignee   | =
    move                      | not-holder      | =              | yes            | not-holder      | =
    redirect                  | yes             | not-consignor  | yes            | not-consignor   | =
    correct                   | yes             | correct-target | yes            | correct-target  | =
    report                    | not-reported    | =              | =              | =               | =`),
  // The hospital has handed all of it out: nobody holds anything.
  closed: table(`
    pack                      | pack-closed     | not-consignor  | =                 | =               | =
    release                   | not-holder      | =              | =                 | =               | =
    receive                   | release-closed  | =              | =                 | =               | =
    receive with the code     | release-closed  | =              | =                 | =               | =
    receive with another code | release-closed  | =              | =                 | =               | =
    refuse                    | release-closed  | =              | =                 | =               | =
    refuse with the code      | release-closed  | =              | =                 | =               | =
    withdraw                  | release-closed  | not-giver      | =                 | =               | =
    settle                    | handoff-unknown | =              | =                 | =               | =
    settle a stray            | settle-target   | =              | =                 | =               | =
    adjust                    | not-holder      | =              | =                 | =               | =
    write-off                 | not-holder      | =              | =                 | =               | =
    distribute                | not-consignee   | =              | quantity-not-free | not-consignee   | =
    move                      | not-holder      | =              | =                 | =               | =
    redirect                  | yes             | not-consignor  | yes               | not-consignor   | =
    correct                   | yes             | correct-target | yes               | correct-target  | =
    report                    | not-reported    | =              | =                 | =               | =`),
  // A history as the donor tells it.
  reported: table(`
    pack                      | report-only | =              | = | = | =
    release                   | report-only | =              | = | = | =
    receive                   | report-only | =              | = | = | =
    receive with the code     | report-only | =              | = | = | =
    receive with another code | report-only | =              | = | = | =
    refuse                    | report-only | =              | = | = | =
    refuse with the code      | report-only | =              | = | = | =
    withdraw                  | report-only | =              | = | = | =
    settle                    | report-only | =              | = | = | =
    settle a stray            | report-only | =              | = | = | =
    adjust                    | report-only | =              | = | = | =
    write-off                 | report-only | =              | = | = | =
    distribute                | report-only | =              | = | = | =
    move                      | report-only | =              | = | = | =
    redirect                  | report-only | =              | = | = | =
    correct                   | yes         | correct-target | = | = | =
    report                    | yes         | not-party      | = | = | =`),
} as const satisfies Readonly<Record<string, Claims>>

export type StateName = keyof typeof CLAIMS
export const STATES = Object.keys(CLAIMS) as readonly StateName[]

/**
 * As `received with a difference`, and after it a release by the donor that was signed before it had seen the receipt and is not in effect. Nobody
 * was up to date any more, so what does not hold is kept without effect where its party has standing: `kept:` and the reason.
 */
export const AFTER_A_STRAY = table(`
    pack                      | kept: pack-closed    | kept: not-consignor  | =                       | no-standing | =
    release                   | yes                  | yes                  | kept: not-holder        | no-standing | =
    receive                   | kept: release-closed | =                    | =                       | no-standing | =
    receive with the code     | kept: release-closed | =                    | =                       | no-standing | =
    receive with another code | kept: release-closed | =                    | =                       | no-standing | =
    refuse                    | kept: release-closed | =                    | =                       | no-standing | =
    refuse with the code      | kept: release-closed | =                    | =                       | no-standing | =
    withdraw                  | kept: release-closed | kept: not-giver      | =                       | no-standing | =
    settle                    | yes                  | kept: not-settler    | =                       | no-standing | =
    settle a stray            | yes                  | yes                  | yes                     | no-standing | =
    adjust                    | yes                  | yes                  | kept: not-holder        | no-standing | =
    write-off                 | yes                  | yes                  | kept: not-holder        | no-standing | =
    distribute                | kept: not-consignee  | =                    | kept: quantity-not-free | no-standing | =
    move                      | yes                  | yes                  | kept: not-holder        | no-standing | =
    redirect                  | yes                  | kept: not-consignor  | yes                     | no-standing | =
    correct                   | yes                  | yes                  | kept: correct-target    | no-standing | =
    report                    | kept: not-reported   | =                    | =                       | no-standing | =`)
