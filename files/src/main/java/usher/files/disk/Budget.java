package usher.files.disk;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;

/// How much room there still is: the bytes of all files and of all that was announced stay within
/// the quota, and what was announced fits the disk with the reserve left free.
///
/// For many threads at once.
final class Budget {
  private final FolderRules rules;
  private final LongSupplier counted;
  private final LongSupplier free;
  private final ReentrantLock lock = new ReentrantLock();
  private long stored;

  /// What the uploads under way will have in the end.
  private long promised;

  /// The part of it that is not on the disk yet.
  private long coming;

  private int uploads;

  /// @param counted the bytes of all files, found by looking
  /// @param free what the disk still takes
  Budget(FolderRules rules, LongSupplier counted, LongSupplier free) {
    this.rules = rules;
    this.counted = counted;
    this.free = free;
    // Where nothing is limited nothing needs to be counted.
    this.stored = limited() ? counted.getAsLong() : 0;
  }

  private boolean limited() {
    return rules.quota() != Long.MAX_VALUE;
  }

  /// One more upload.
  void begin() {
    lock.lock();
    try {
      if (uploads == rules.uploads()) {
        throw new LibraryException(
            Code.BUSY, "there are " + uploads + " uploads under way; try again later");
      }
      uploads++;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps room for an upload.
  ///
  /// @param promise how many bytes more it will have
  /// @param more how many of them are not on the disk yet
  void take(long promise, long more) {
    lock.lock();
    try {
      if (limited() && stored + promised + promise > rules.quota()) {
        // Somebody else may have deleted files.
        stored = counted.getAsLong();
        if (stored + promised + promise > rules.quota()) {
          throw new LibraryException(
              Code.QUOTA, "all files together may have " + rules.quota() + " bytes");
        }
      }
      if (free.getAsLong() - coming - more < rules.reserve()) {
        throw new LibraryException(Code.NO_SPACE, "the disk is too full");
      }
      promised += promise;
      coming += more;
    } finally {
      lock.unlock();
    }
  }

  /// So many bytes of an upload are on the disk now.
  void landed(long bytes) {
    lock.lock();
    try {
      coming -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /// An upload has ended.
  ///
  /// @param promise what was taken for it
  /// @param open the part of that which has not landed
  /// @param change by how many bytes the files have grown
  void end(long promise, long open, long change) {
    lock.lock();
    try {
      promised -= promise;
      coming -= open;
      stored += change;
      uploads--;
    } finally {
      lock.unlock();
    }
  }

  /// A file has gone.
  void freed(long bytes) {
    lock.lock();
    try {
      stored -= bytes;
    } finally {
      lock.unlock();
    }
  }
}
