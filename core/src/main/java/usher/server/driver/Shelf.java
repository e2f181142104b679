package usher.server.driver;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Large buffers that no connection reads into just now. A slow client's bytes come in small
/// bursts: with a new buffer for each of them two hundred clients fill a young generation within
/// seconds, and resident memory with it.
///
/// Holds [#PLACES] at most, in places that threads share by their ids: who finds nothing in its own
/// makes a new one, and what is put where another lies replaces it. For any thread; nobody waits.
final class Shelf {
  static final int PLACES = 64;

  private final int size;
  private final AtomicReferenceArray<ByteBuffer> places = new AtomicReferenceArray<>(PLACES);

  /// @param size of each buffer, bytes
  Shelf(int size) {
    this.size = size;
  }

  private static int mine() {
    return (int) (Thread.currentThread().threadId() % PLACES);
  }

  /// A buffer for this caller alone, whatever its position, limit and contents.
  ByteBuffer take() {
    ByteBuffer there = places.getAndSet(mine(), null);
    return there == null ? ByteBuffer.allocate(size) : there;
  }

  /// The caller reads and writes it no more.
  void giveBack(ByteBuffer buffer) {
    places.setRelease(mine(), buffer);
  }
}
