/** What the bench uses of autocannon, which brings no types. */
declare module 'autocannon' {
  namespace autocannon {
    type Request = {
      readonly method: 'GET' | 'POST'
      readonly path?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
    type Options = {
      readonly url: string
      readonly connections: number
      /** Requests in all, shared out evenly. */
      readonly amount: number
      /** Seconds to wait for one answer. */
      readonly timeout?: number
      /** Called once for each connection; its requests are sent in turn, each after the answer to the one before. */
      readonly setupClient?: (client: { setRequests(requests: readonly Request[]): void }) => void
    }
    type Result = {
      readonly errors: number
      readonly statusCodeStats: Readonly<Record<string, { readonly count: number | string }>>
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>
  export = autocannon
}
