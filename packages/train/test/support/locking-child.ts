// A process that takes the lock of a folder, says `won` or the code of the error, and ends: at once and properly, or,
// with `hold`, by being killed. Arguments: folder, the time at which to try, `hold` or `release`.
import { MappingNetworksError } from '@mapping-networks/core';
import { lockFolder } from '@mapping-networks/train/node';

const [folder = '.', start = '0', then = 'release'] = process.argv.slice(2);
while (Date.now() < Number(start));
try {
  const lock = await lockFolder(folder);
  console.log('won');
  if (then === 'hold') setInterval(() => {}, 1000);
  // The losers of a race look while the lock is held.
  if (then === 'release') {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await lock.release();
  }
} catch (error) {
  console.log(error instanceof MappingNetworksError ? error.code : String(error));
}
