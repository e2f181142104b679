package usher.files.http;

import java.util.concurrent.locks.ReentrantLock;
import usher.files.FileName;

/// Whose turn it is to change a file, so that nothing comes between a condition and what is done on
/// it. A few locks for all names. It holds for this door in this process: who changes the file by
/// another way may still come between.
final class Turns {
  private static final int LOCKS = 64;

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  Turns() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// The lock for a file.
  ReentrantLock of(FileName name) {
    return locks[Math.floorMod(name.hashCode(), LOCKS)];
  }
}
