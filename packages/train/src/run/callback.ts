// Callbacks: made from a plain function, told of every event in order, and named when one of them fails.
import { requireArgument, type Callback, type Part, type TrainEvent } from '@mapping-networks/core';
import { callbackFailed } from '../errors.ts';

/** A function of events, and what errors call it. */
export interface CallbackOptions extends Callback {
  /** Named in errors. Default `callback`. */
  readonly name?: string;
}

/**
 * A callback from a function of events.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { callback } from '@mapping-networks/train';
 * const log = callback({
 *   on: (event) => {
 *     if (event.type === 'epoch') console.log(event.record.epoch, event.record.validation);
 *   },
 * });
 * console.log(log.kind); // callback
 * ```
 */
export const callback = (options: CallbackOptions): Part<'callback'> => {
  requireArgument(
    typeof options?.on === 'function',
    'callback',
    'options',
    'an object with a function as its on',
    options,
  );
  const { name = 'callback', on } = options;
  return Object.freeze({ kind: 'callback', name, options: Object.freeze({}), impl: { on } });
};

export interface Emitter {
  /** Tells all callbacks, one after the other. @throws TRAIN_CALLBACK_FAILED */
  emit(event: TrainEvent): Promise<void>;
  /** Whether a callback has asked to stop. */
  stopped(): boolean;
}

export const createEmitter = (callbacks: readonly Part<'callback'>[]): Emitter => {
  let stop = false;
  return {
    emit: async (event) => {
      for (const { name, impl } of callbacks) {
        try {
          if ((await impl.on(event)) === 'stop') stop = true;
        } catch (cause) {
          throw callbackFailed(name, event.type, cause);
        }
      }
    },
    stopped: () => stop,
  };
};
