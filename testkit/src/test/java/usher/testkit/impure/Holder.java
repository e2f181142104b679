package usher.testkit.impure;

import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import usher.testkit.Await;

/// One nested class for each way to be impure, and one that is not.
public final class Holder {
  private Holder() {}

  record Channels(SocketChannel channel) {}

  record Sockets(ServerSocket socket) {}

  record Files(Path path) {}

  record Locks(ReentrantLock lock) {}

  record Executors(ExecutorService threads) {}

  record Clocks(Clock clock) {}

  record Generic(List<Thread> threads) {}

  static final class Threads {
    String name() {
      return Thread.currentThread().getName();
    }
  }

  static final class Monotonic {
    long now() {
      return System.nanoTime();
    }
  }

  static final class Millis {
    long now() {
      return System.currentTimeMillis();
    }
  }

  static final class Today {
    LocalDate today() {
      return LocalDate.now(java.time.ZoneOffset.UTC);
    }
  }

  @SuppressWarnings("JavaUtilDate")
  static final class OldDate {
    Date now() {
      return new Date();
    }
  }

  static final class Monitors {
    private int count;

    void enter() {
      synchronized (this) {
        count++;
      }
    }

    int count() {
      return count;
    }
  }

  static final class Synchronised {
    private int count;

    synchronized int method() {
      return count++;
    }
  }

  @SuppressWarnings({"WaitNotInLoop", "NakedNotify"})
  static final class Waits {
    void await(Object lock) throws InterruptedException {
      lock.wait(1);
    }
  }

  static final class Dice {
    int roll(Random random) {
      return random.nextInt();
    }
  }

  static final class Identifiers {
    UUID next() {
      return UUID.randomUUID();
    }
  }

  @SuppressWarnings("NonFinalStaticField")
  static final class Statics {
    static int count;
  }

  static final class Prints {
    void hello() {
      System.out.println("hello");
    }
  }

  static final class Elsewhere {
    void await() {
      Await.until(() -> true, Duration.ofSeconds(1));
    }
  }

  /// Everything here is passed in, or only a value.
  static final class Harmless {
    static final int LIMIT = 10;

    private @Nullable RuntimeException failure;

    Instant time(InstantSource wall, FileChannel file, ByteBuffer bytes, CompletionStage<?> stage) {
      if (bytes.remaining() > LIMIT || file.equals(stage)) {
        failure = new IllegalStateException("too much: " + failure);
      }
      return wall.instant().plus(Duration.ofDays(1));
    }
  }
}
