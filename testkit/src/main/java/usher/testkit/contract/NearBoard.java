package usher.testkit.contract;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The board of a trial whose sides share their memory.
final class NearBoard implements Board, AutoCloseable {
  private @Nullable Path folder;
  private int files;
  private final List<String> breaches = new ArrayList<>();

  @Override
  public CountDownLatch latch() {
    return new CountDownLatch(1);
  }

  @Override
  public Counter counter() {
    return new NearCounter();
  }

  @Override
  public Word word() {
    return new NearWord();
  }

  @Override
  public Questions questions() {
    return new NearQuestions();
  }

  @Override
  public synchronized Path path() throws IOException {
    Path inside = folder;
    if (inside == null) {
      inside = Files.createTempDirectory("usher");
      folder = inside;
    }
    return inside.resolve("file" + files++);
  }

  @Override
  public FileChannel file(byte[] bytes) throws IOException {
    Path path = path();
    Files.write(path, bytes);
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void breach(String text) {
    synchronized (breaches) {
      breaches.add(text);
    }
  }

  @Override
  public List<String> breaches() {
    synchronized (breaches) {
      return List.copyOf(breaches);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (folder != null) {
      delete(folder);
    }
  }

  /// Deletes it with all that is in it.
  static void delete(Path place) throws IOException {
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(place)) {
        for (Path each : inside) {
          delete(each);
        }
      }
    }
    Files.delete(place);
  }

  private static final class NearCounter implements Counter {
    private final AtomicLong number = new AtomicLong();

    @Override
    public long add(long more) {
      return number.addAndGet(more);
    }

    @Override
    public void raise(long least) {
      number.accumulateAndGet(least, Math::max);
    }

    @Override
    public long value() {
      return number.get();
    }
  }

  private static final class NearWord implements Word {
    private final CompletableFuture<String> said = new CompletableFuture<>();

    @Override
    public void say(String text) {
      said.complete(text);
    }

    @Override
    public String await() throws InterruptedException {
      try {
        return said.get(Trial.LONG.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException late) {
        throw new AssertionError("a word was not said", late);
      }
    }

    @Override
    public CompletionStage<String> stage() {
      return said;
    }
  }

  private static final class NearQuestions implements Questions {
    private final BlockingQueue<NearWord> asked = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<String> ask() {
      NearWord word = new NearWord();
      asked.add(word);
      return word.stage();
    }

    @Override
    public Word next() throws InterruptedException {
      @Nullable NearWord next = asked.poll(Trial.LONG.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the server asks for nothing");
      }
      return next;
    }
  }
}
