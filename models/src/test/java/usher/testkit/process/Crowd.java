package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import usher.server.Address;

/// Clients that come, ask once and go, without a pause.
final class Crowd implements AutoCloseable {
  private static final int CLIENTS = 3;

  final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger served = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Crowd(Address address) {
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(Thread.ofVirtual().start(() -> come(address)));
    }
  }

  private void come(Address address) {
    while (over.getCount() > 0) {
      try (Guest guest = new Guest(address)) {
        String answer = guest.ask("hello");
        if (!answer.equals("hello")) {
          complaints.add("answered " + answer);
          return;
        }
        served.incrementAndGet();
      } catch (IOException refused) {
        complaints.add("refused: " + refused);
        return;
      }
    }
  }

  void leave() throws InterruptedException {
    over.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(served.get()).isPositive();
  }

  @Override
  public void close() {
    over.countDown();
  }
}
