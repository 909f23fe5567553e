import type { Scribe } from './scribe.ts'
import { handOver, pack, receive, release, type Told } from './story-acts.ts'
import type { Cast } from './story-cast.ts'
import { SITES } from './story-cast.ts'

/** Tells one consignment of the story; answers its reference and, where there is one, the other it is about. */
export type Tell = (scribe: Scribe, cast: Cast) => Promise<Told>

const { rotterdam, beira, blantyre, hospital: hospitalDoor } = SITES

/** Donor → carrier → carrier → hospital: everything arrives. */
export const relay: Tell = async (scribe, cast) => {
  const { donor, carrierA, carrierB, hospital } = cast
  const told = await pack(scribe, {
    name: 'relay',
    by: donor,
    site: rotterdam,
    consignee: hospital,
    sealed: { order: 'HR-2217', waybill: 'BL ROT 88103' },
    lines: [
      {
        id: '1',
        item: 'Oral rehydration salts, 20.5 g sachet',
        lot: 'ORS24K07',
        expiry: '2028-06',
        unit: 'sachet',
        packSize: '100',
        quantity: '2400',
      },
      {
        id: '2',
        item: 'Amoxicillin 250 mg dispersible tablet',
        lot: 'AMX5190',
        expiry: '2027-11',
        unit: 'tablet',
        packSize: '100',
        quantity: '6000',
      },
    ],
  })
  const all = [
    { line: '1', quantity: '2400' },
    { line: '2', quantity: '6000' },
  ]
  await handOver(told, {
    from: donor,
    to: carrierB,
    at: rotterdam,
    parts: all,
    sealed: { vehicle: 'MV Aurora, hold 2' },
  })
  await handOver(told, { from: carrierB, to: carrierA, at: beira, parts: all, sealed: { vehicle: 'Lorry BT 4471' } })
  await handOver(told, { from: carrierA, to: hospital, at: hospitalDoor, parts: all })
  return told
}

/** 300 of 480 now, the rest later with another carrier; at the door 4 are missing and 2 damaged, and the donor settles. */
export const partLoad: Tell = async (scribe, cast) => {
  const { donor, carrierA, carrierB, hospital } = cast
  const told = await pack(scribe, {
    name: 'part load',
    by: donor,
    site: beira,
    consignee: hospital,
    sealed: { order: 'HR-2231' },
    lines: [{ id: '1', item: 'Fleece blanket, 150 × 200 cm', unit: 'blanket', packSize: '10', quantity: '480' }],
  })
  await handOver(told, { from: donor, to: carrierA, at: beira, parts: [{ line: '1', quantity: '300' }] })
  await handOver(told, { from: donor, to: carrierB, at: beira, parts: [{ line: '1', quantity: '180' }] })
  const first = await release(told, {
    by: carrierA,
    to: hospital,
    site: hospitalDoor,
    parts: [{ line: '1', quantity: '300' }],
  })
  await receive(told, {
    by: hospital,
    release: first.hash,
    site: hospitalDoor,
    lines: [
      {
        line: '1',
        received: '294',
        damaged: { quantity: '2', reason: 'wet' },
        missing: { quantity: '4', reason: 'not-found' },
      },
    ],
    sealed: { remark: 'Two blankets soaked through; the bale was cut open.' },
  })
  await handOver(told, { from: carrierB, to: hospital, at: hospitalDoor, parts: [{ line: '1', quantity: '180' }] })
  await scribe.write({
    step: 'part load/settle',
    actor: donor,
    about: 'consignment',
    id: told.id,
    kind: 'settle',
    body: { handoff: first.hash, lines: [{ line: '1', condition: 'sound', lost: '4', found: '0' }] },
  })
  return told
}

/** With a driver who has no account: on the way on the giver's word, until the clinic signs. */
export const viaCarrier: Tell = async (scribe, cast) => {
  const { donor, carrierA, clinic } = cast
  const told = await pack(scribe, {
    name: 'via',
    by: donor,
    site: blantyre,
    consignee: clinic,
    lines: [
      {
        id: '1',
        item: 'Rapid malaria test, single',
        lot: 'RDT-0923',
        expiry: '2027-03',
        unit: 'test',
        packSize: '25',
        quantity: '500',
      },
    ],
  })
  const all = [{ line: '1', quantity: '500' }]
  await handOver(told, { from: donor, to: carrierA, at: blantyre, parts: all })
  await release(told, {
    by: carrierA,
    to: clinic,
    via: 'Chikondi’s minibus, Blantyre–Salima',
    site: blantyre,
    parts: all,
  })
  return told
}

/** Given and not yet taken. */
export const waiting: Tell = async (scribe, cast) => {
  const { donor, carrierB, hospital } = cast
  const told = await pack(scribe, {
    name: 'waiting',
    by: donor,
    site: rotterdam,
    consignee: hospital,
    sealed: { order: 'HR-2240' },
    lines: [{ id: '1', item: 'Wheelchair, folding, adult', unit: 'piece', quantity: '24' }],
  })
  await release(told, { by: donor, to: carrierB, site: rotterdam, parts: [{ line: '1', quantity: '24' }] })
  return told
}

/**
 * The driver hands over at the clinic without a network; meanwhile the depot, which knew nothing of it, gave the same goods to another
 * carrier. What the driver signed arrives hours later: it is recorded, moves nothing, and is listed until someone settles it.
 */
export const offline: Tell = async (scribe, cast) => {
  const { donor, carrierA, driver, carrierB, clinic } = cast
  const told = await pack(scribe, {
    name: 'offline',
    by: donor,
    site: blantyre,
    consignee: clinic,
    lines: [
      {
        id: '1',
        item: 'Water purification tablet, 67 mg',
        lot: 'WP-3308',
        expiry: '2029-01',
        unit: 'tablet',
        packSize: '50',
        quantity: '1500',
      },
    ],
  })
  const all = [{ line: '1', quantity: '1500' }]
  const seen = await handOver(told, { from: donor, to: carrierA, at: blantyre, parts: all })
  await handOver(told, { from: carrierA, to: carrierB, at: blantyre, parts: all })
  const late = await release(told, {
    step: 'release offline',
    by: driver,
    to: clinic,
    site: SITES.road,
    parts: all,
    after: seen,
    at: scribe.desk.clock() - 5 * 3_600_000,
  })
  if (late.inEffect) throw new Error('the release signed offline was not to take effect')
  return told
}
