/**
 * What an outside party did with a call that moves money or cannot be taken back. `unknown` is a state of its own:
 * look the thing up by our own number before anything else, never just repeat.
 */
export type GatewayOutcome<Value> =
  | { outcome: 'accepted'; value: Value }
  | { outcome: 'rejected'; code: string; message: string }
  | { outcome: 'unknown'; code: string; message: string };
