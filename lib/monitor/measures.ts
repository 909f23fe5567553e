import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { processWide } from './process-wide.ts'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

function create() {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name: `throughline_${name}`, help, labelNames, registers })
  const gauge = (name: string, help: string) => new Gauge({ name: `throughline_${name}`, help, registers })
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly L[] = [],
  ) => new Histogram<L>({ name: `throughline_${name}`, help, buckets: [...buckets], labelNames, registers })
  return {
    registry,
    /** Events recorded since this process started. */
    appends: counter('appends_total', 'Events recorded, by kind and whether they are in effect', ['kind', 'effect']),
    /** Events refused, whoever sent them; `code` is one of the failure codes, never free text. */
    refusals: counter('refusals_total', 'Events refused, by code', ['code']),
    batchSize: histogram('batch_events', 'Events in one transaction', [1, 2, 4, 8, 16, 32, 64, 128, 256]),
    appendSeconds: histogram('append_seconds', 'From the arrival of an event to its commit', SECONDS),
    publishSeconds: histogram('publish_seconds', 'Checking, signing and storing one checkpoint', SECONDS),
    publishLag: histogram(
      'publish_lag_seconds',
      'From the first record a checkpoint covers newly to its signature',
      [0.01, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 5, 15, 60],
    ),
    publishFailures: counter('publish_failures_total', 'Signing a checkpoint failed and is tried again'),
    /** `reply`: cosigned, size, conflict, differs, or why there was none (witness-state.ts). */
    witnessReplies: counter('witness_replies_total', 'What witnesses answered', ['reply']),
    witnesses: gauge('witnesses', 'Witnesses that the policy names; 0: none are asked'),
    witnessesCurrent: gauge('witnesses_current', 'Witnesses that signed a checkpoint in the last 20 minutes'),
    witnessesNeeded: gauge('witnesses_needed', 'Witnesses that must sign, by the policy'),
    queue: gauge('queue_events', 'Events waiting to be recorded'),
    recorded: gauge('recorded_leaves', 'Leaves in the log'),
    sealed: gauge('sealed_leaves', 'Leaves that the newest signed checkpoint covers'),
    unsealedSeconds: gauge('unsealed_seconds', 'Age of the oldest record that no checkpoint covers yet; 0: none'),
    checkpointTime: gauge('checkpoint_timestamp_seconds', 'Unix time of the newest checkpoint'),
    ready: gauge('ready', '1 while this server records events'),
    readOnly: gauge('read_only', '1 while this server refuses to record and sign'),
    /** `channel`: inbox, mail, push. `outcome`: queued, sent, retried, gave-up. */
    notices: counter('notices_total', 'Notices, by channel and outcome', ['channel', 'outcome']),
    /** `outcome`: sent, or why not (mail-off, mail-refused, mail-unreachable). */
    mails: counter('mails_total', 'Letters, by outcome', ['outcome']),
    requests: histogram(
      'http_request_seconds',
      'Requests by route and class of status',
      [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10],
      ['route', 'status'],
    ),
  }
}

export type Measures = ReturnType<typeof create>

/** What this process counts, in one registry. Labels have few values: kinds, codes, routes; never a reference, a name or an address. */
export function measures(): Measures {
  return processWide('measures', create)
}

/** Adds memory, event loop, garbage collection and the like. Once, by the server: a command has no use for it. */
export function measureProcess(): void {
  processWide('process-measures', () => {
    collectDefaultMetrics({ register: measures().registry })
    return true
  })
}
