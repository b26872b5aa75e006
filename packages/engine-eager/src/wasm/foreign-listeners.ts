// The loader of tfjs-backend-wasm listens for uncaught errors of the whole process and throws them again, from a line
// of minified source that Node then prints, tens of kilobytes of it, above the real message. The host's own handling
// is left as it was.

/**
 * Does `work`, and takes away what it made listen for uncaught exceptions and unhandled rejections of the process.
 */
export async function withoutProcessListeners<T>(work: () => Promise<T>): Promise<T> {
  const exception = process.listeners('uncaughtException');
  const rejection = process.listeners('unhandledRejection');
  try {
    return await work();
  } finally {
    for (const listener of process.listeners('uncaughtException')) {
      if (!exception.includes(listener)) process.off('uncaughtException', listener);
    }
    for (const listener of process.listeners('unhandledRejection')) {
      if (!rejection.includes(listener)) process.off('unhandledRejection', listener);
    }
  }
}
