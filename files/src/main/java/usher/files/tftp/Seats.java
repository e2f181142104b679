package usher.files.tftp;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How many transfers there are, in all and with each address. For many threads.
final class Seats {
  private final int all;
  private final int each;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> taken = new HashMap<>();
  private int sum;

  Seats(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /// Takes one, unless there is none.
  boolean take(String host) {
    lock.lock();
    try {
      int his = taken.getOrDefault(host, 0);
      if (sum == all || his == each) {
        return false;
      }
      sum++;
      taken.put(host, his + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives it back.
  void give(String host) {
    lock.lock();
    try {
      sum--;
      taken.compute(host, (_, his) -> his == null || his == 1 ? null : his - 1);
    } finally {
      lock.unlock();
    }
  }

  /// How many are taken.
  int sum() {
    lock.lock();
    try {
      return sum;
    } finally {
      lock.unlock();
    }
  }
}
