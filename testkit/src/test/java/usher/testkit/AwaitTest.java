package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwaitTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void asks_once_when_the_condition_holds_at_once() {
    AtomicInteger asked = new AtomicInteger();

    Await.until(() -> asked.incrementAndGet() > 0, LONG);

    assertThat(asked).hasValue(1);
  }

  @Test
  void asks_again_until_the_condition_holds() {
    AtomicInteger asked = new AtomicInteger();

    Await.until("the twentieth time", LONG, () -> asked.incrementAndGet() == 20);

    assertThat(asked).hasValue(20);
  }

  @Test
  void sees_what_another_thread_does() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger value = new AtomicInteger();
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    asked.await();
                    value.set(1);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    Await.until(
        "the other thread has set it",
        LONG,
        () -> {
          asked.countDown();
          return value.get() == 1;
        });

    other.join();
    assertThat(value).hasValue(1);
  }

  @Test
  void gives_up_after_the_bound_and_says_what_it_waited_for() {
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Await.until(
                    "never",
                    Duration.ofMillis(2),
                    () -> {
                      asked.incrementAndGet();
                      return false;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within PT0.002S: never");
    assertThat(asked).hasValueGreaterThan(1);
  }

  @Test
  void asks_once_with_no_time_at_all() {
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(() -> Await.until(() -> asked.incrementAndGet() > 1, Duration.ZERO))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the awaited condition");
    assertThat(asked).hasValue(1);
  }

  @Test
  void ends_with_what_the_condition_throws() {
    IOException cause = new IOException("broken");

    assertThatThrownBy(
            () ->
                Await.until(
                    "a file",
                    LONG,
                    () -> {
                      throw cause;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a file")
        .hasCause(cause);
  }

  @Test
  void an_interrupt_ends_the_wait_and_is_kept() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Await.until("never", LONG, () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
