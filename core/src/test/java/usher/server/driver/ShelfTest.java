package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShelfTest {
  private final Shelf shelf = new Shelf(16);

  @Test
  void what_was_given_back_is_taken_again() {
    ByteBuffer first = shelf.take();
    assertThat(first.capacity()).isEqualTo(16);
    shelf.giveBack(first);
    assertThat(shelf.take()).isSameAs(first);
  }

  @Test
  void what_was_taken_is_the_takers_alone() {
    shelf.giveBack(shelf.take());
    ByteBuffer first = shelf.take();
    assertThat(shelf.take()).isNotSameAs(first);
  }

  @Test
  void no_more_are_kept_than_there_are_places() throws InterruptedException {
    Set<ByteBuffer> made = Collections.newSetFromMap(new IdentityHashMap<>());
    inTurn(
        3 * Shelf.PLACES,
        () -> {
          ByteBuffer another = ByteBuffer.allocate(16);
          made.add(another);
          shelf.giveBack(another);
        });
    assertThat(made).hasSize(3 * Shelf.PLACES);
    inTurn(3 * Shelf.PLACES, () -> made.remove(shelf.take()));
    assertThat(made).hasSizeBetween(2 * Shelf.PLACES, 3 * Shelf.PLACES - 1);
  }

  /// On so many threads, one after the other: their ids follow each other.
  private static void inTurn(int threads, Runnable act) throws InterruptedException {
    for (int i = 0; i < threads; i++) {
      Thread.ofPlatform().start(act).join();
    }
  }
}
