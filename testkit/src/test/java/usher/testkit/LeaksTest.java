package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaksTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Test
  void nothing_leaks_when_nothing_happens() {
    Leaks before = Leaks.now("leak-test-");

    before.awaitNone(BOUND);
    assertThat(before.found()).isEmpty();
  }

  @Test
  void an_open_socket_is_found_until_it_is_closed() throws IOException {
    SocketChannel.open().close();
    Leaks before = Leaks.now("leak-test-");

    try (SocketChannel channel = SocketChannel.open()) {
      assertThat(channel.isOpen()).isTrue();
      assertThat(before.found()).singleElement().asString().matches("descriptor \\d+ → socket:.*");
      assertThatThrownBy(() -> before.awaitNone(Duration.ZERO))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("leaked:\n  descriptor ");
    }
    before.awaitNone(BOUND);
  }

  @Test
  void both_ends_of_a_pipe_are_found() throws IOException {
    Leaks before = Leaks.now("leak-test-");
    Pipe pipe = Pipe.open();
    try (var source = pipe.source();
        var sink = pipe.sink()) {
      assertThat(source.isOpen() && sink.isOpen()).isTrue();
      assertThat(before.found()).hasSize(2).allMatch(line -> line.contains("pipe:"));
    }
    before.awaitNone(BOUND);
  }

  @Test
  void an_open_file_is_found_by_its_path_and_a_second_time_as_a_duplicate(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("left.txt"), "x");
    Leaks before = Leaks.now("leak-test-");

    try (FileChannel first = FileChannel.open(file)) {
      assertThat(first.size()).isEqualTo(1);
      assertThat(before.found()).singleElement().asString().endsWith(file.toString());
      Leaks later = Leaks.now("leak-test-");
      try (FileChannel second = FileChannel.open(file)) {
        assertThat(second.size()).isEqualTo(1);
        assertThat(later.found()).singleElement().asString().endsWith(" (a duplicate)");
      }
    }
    before.awaitNone(BOUND);
  }

  @Test
  void what_was_open_before_does_not_count_and_may_be_closed() throws IOException {
    Leaks before;
    try (SocketChannel channel = SocketChannel.open()) {
      before = Leaks.now("leak-test-");
      assertThat(channel.isOpen()).isTrue();
      assertThat(before.found()).isEmpty();
    }

    assertThat(before.found()).isEmpty();
  }

  @Test
  void a_thread_is_found_by_the_prefix_of_its_name_until_it_ends() throws InterruptedException {
    Leaks before = Leaks.now("leak-test-");
    Leaks others = Leaks.now("leak-other-");
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = Thread.ofPlatform().name("leak-test-1").start(() -> awaitQuietly(end));

    assertThat(Leaks.threads("leak-test-")).containsExactly(thread);
    assertThat(before.found()).singleElement().asString().startsWith("thread leak-test-1 [");
    assertThat(others.found()).isEmpty();
    assertThat(Leaks.now("leak-test-").found()).isEmpty();

    end.countDown();
    before.awaitNone(BOUND);
    thread.join();
  }

  @Test
  void the_listing_itself_and_the_archives_of_the_jvm_do_not_count() {
    assertThat(Leaks.openDescriptors().values())
        .isNotEmpty()
        .noneMatch(target -> target.startsWith("/proc/"))
        .noneMatch(target -> target.endsWith(".jar"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
