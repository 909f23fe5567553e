import { addKey, foundLog, joinParty, type Registrant } from './founding.ts'
import type { Actor, Scribe, Site } from './scribe.ts'

/** Everyone in the story. All keys are held by this server, and the log says so. */
export interface Cast {
  readonly operator: Actor
  readonly donor: Actor
  readonly carrierA: Actor
  /** A second key of carrier A, in a lorry without a network. */
  readonly driver: Actor
  readonly carrierB: Actor
  readonly hospital: Actor
  readonly clinic: Actor
  readonly person: Actor
}

export const SITES = {
  rotterdam: { name: 'Harbour Relief, warehouse 3, Rotterdam', country: 'NL', lat: '51.9', lon: '4.5' },
  beira: { name: 'Port of Beira, shed 7', country: 'MZ', lat: '-19.8', lon: '34.8' },
  blantyre: { name: 'Northline depot, Blantyre', country: 'MW', lat: '-15.8', lon: '35.0' },
  hospital: { name: 'Valley District Hospital, goods-in', country: 'MW', lat: '-15.1', lon: '35.2' },
  clinic: { name: 'Lakeside Clinic, dispensary', country: 'MW', lat: '-14.0', lon: '34.6' },
  road: { name: 'Road M8, kilometre 112', country: 'MW', lat: '-14.6', lon: '34.9' },
} as const satisfies Readonly<Record<string, Site>>

const organisation = (name: string): Registrant => ({ name, type: 'organisation', named: 'public' })

/** The log's operator. */
export const OPERATOR = organisation('Throughline demonstration')

const PARTIES = {
  donor: organisation('Harbour Relief'),
  'carrier A': organisation('Northline Transport'),
  'carrier B': organisation('Seaway Freight'),
  hospital: organisation('Valley District Hospital'),
  clinic: organisation('Lakeside Clinic'),
  person: { name: 'Grace Banda', type: 'person', named: 'withheld' },
} as const satisfies Readonly<Record<string, Registrant>>

/** Founds the log and registers everyone: leaves 0–3, then two leaves each and one for the driver's key. */
export async function enterCast(scribe: Scribe): Promise<Cast> {
  const operator = await foundLog(scribe, { mode: 'demo', operator: OPERATOR })
  const join = (step: keyof typeof PARTIES) => joinParty(scribe, { step, operator, registrant: PARTIES[step] })
  const donor = await join('donor')
  const carrierA = await join('carrier A')
  const driver = await addKey(scribe, { step: 'driver', by: carrierA })
  const carrierB = await join('carrier B')
  return {
    operator,
    donor,
    carrierA,
    driver,
    carrierB,
    hospital: await join('hospital'),
    clinic: await join('clinic'),
    person: await join('person'),
  }
}
