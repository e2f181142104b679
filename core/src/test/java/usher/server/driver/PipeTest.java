package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PipeTest {
  private final Semaphore nudges = new Semaphore(0);
  private final Pipe pipe = new Pipe(nudges::release, new Stint(false, Long.MAX_VALUE));

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private interface Blocking<T> {
    T run() throws IOException;
  }

  private static <T> CompletableFuture<T> start(Blocking<T> code) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                done.complete(code.run());
              } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
              }
            });
    return done;
  }

  private static <T> T get(CompletableFuture<T> done) throws Exception {
    return done.get(10, TimeUnit.SECONDS);
  }

  private void awaitNudge() throws InterruptedException {
    assertThat(nudges.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_is_put_is_read() throws Exception {
    pipe.put(bytes("hello"));

    assertThat(pipe.input().available()).isEqualTo(5);
    assertThat(pipe.input().readNBytes(5)).asString().isEqualTo("hello");
    assertThat(pipe.input().available()).isZero();
  }

  @Test
  void what_is_written_is_taken() throws Exception {
    pipe.output().write("hello".getBytes(StandardCharsets.US_ASCII));
    pipe.output().write('!');

    assertThat(pipe.take()).isEqualTo(bytes("hello!"));
    assertThat(pipe.take()).isNull();
  }

  @Test
  void a_read_waits_for_bytes_and_says_so() throws Exception {
    assertThat(pipe.waitForBytes()).isZero();
    CompletableFuture<Integer> read = start(() -> pipe.input().read());
    awaitNudge();
    assertThat(pipe.waitForBytes()).isEqualTo(1);
    assertThat(read).isNotDone();

    pipe.put(bytes("a"));

    assertThat(pipe.waitForBytes()).isZero();
    assertThat(get(read)).isEqualTo('a');
    awaitNudge();
    CompletableFuture<Integer> again = start(() -> pipe.input().read());
    awaitNudge();
    assertThat(pipe.waitForBytes()).isEqualTo(2);
    pipe.end();
    assertThat(pipe.waitForBytes()).isZero();
    assertThat(get(again)).isEqualTo(-1);
  }

  @Test
  void a_read_of_nothing_does_not_wait() throws Exception {
    assertThat(pipe.input().read(new byte[3], 1, 0)).isZero();
    assertThatThrownBy(() -> pipe.input().read(new byte[3], 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void what_was_put_before_the_end_is_read_before_the_end() throws Exception {
    pipe.put(bytes("bye"));
    pipe.end();

    assertThat(pipe.input().readAllBytes()).asString().isEqualTo("bye");
    assertThat(pipe.input().read()).isEqualTo(-1);
  }

  @Test
  void it_holds_so_much_and_not_a_byte_more() {
    ByteBuffer much = ByteBuffer.allocate(Pipe.MOST + 1);

    much.limit(Pipe.MOST - 1);
    pipe.put(much);
    assertThat(pipe.full()).isFalse();
    much.limit(Pipe.MOST + 1);
    pipe.put(much);

    assertThat(pipe.full()).isTrue();
    assertThat(much.remaining()).isEqualTo(1);
    ByteBuffer taken = Objects.requireNonNull(pipe.take());
    assertThat(taken.remaining()).isEqualTo(Pipe.MOST);
    assertThat(pipe.full()).isFalse();
  }

  @Test
  void a_write_waits_for_room() throws Exception {
    CompletableFuture<Boolean> written =
        start(
            () -> {
              pipe.output().write(new byte[Pipe.MOST + 10]);
              return true;
            });
    awaitNudge();
    awaitNudge(); // the first part is in, and then it waits
    assertThat(written).isNotDone();

    assertThat(pipe.take()).isNotNull();

    assertThat(get(written)).isTrue();
    ByteBuffer rest = Objects.requireNonNull(pipe.take());
    assertThat(rest.remaining()).isEqualTo(10);
  }

  @Test
  void a_failure_reaches_whoever_waits_and_whoever_comes() throws Exception {
    CompletableFuture<Integer> read = start(() -> pipe.input().read());
    awaitNudge();

    pipe.fail(new IOException("gone"));

    assertThatThrownBy(() -> get(read))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("gone");
    assertThatThrownBy(() -> pipe.input().read()).hasMessage("gone");
    assertThatThrownBy(() -> pipe.output().write(1)).hasMessage("gone");
  }

  @Test
  void nothing_is_written_after_the_end() {
    pipe.end();
    ByteBuffer full = ByteBuffer.allocate(Pipe.MOST);
    pipe.put(full);

    assertThatThrownBy(() -> pipe.output().write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void a_stream_of_any_pieces_arrives_in_order() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] all = new byte[500_000];
    random.nextBytes(all);
    Pipe back = new Pipe(nudges::release, new Stint(false, Long.MAX_VALUE));
    CompletableFuture<Boolean> echo =
        start(
            () -> {
              InputStream in = pipe.input();
              OutputStream out = back.output();
              byte[] some = new byte[3000];
              for (int count = in.read(some); count >= 0; count = in.read(some)) {
                out.write(some, 0, count);
              }
              return true;
            });
    ByteBuffer sending = ByteBuffer.wrap(all);
    ByteBuffer came = ByteBuffer.allocate(all.length);
    while (came.hasRemaining()) {
      int piece = Math.min(sending.remaining(), random.nextInt(20_000));
      ByteBuffer part = sending.slice(sending.position(), piece);
      pipe.put(part);
      sending.position(sending.position() + part.position());
      ByteBuffer taken = back.take();
      if (taken != null) {
        came.put(taken);
      } else if (pipe.full() || !sending.hasRemaining()) {
        awaitNudge();
      }
    }
    pipe.end();

    assertThat(get(echo)).isTrue();
    assertThat(Arrays.equals(all, came.array())).as("seed %s", seed).isTrue();
  }
}
