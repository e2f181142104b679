package usher.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import usher.testkit.Await;

/// The board of a trial whose sides are processes: a folder that both know. Latches and words are
/// files that come to be, numbers are memory that both have mapped. Who waits looks again and
/// again.
final class FarBoard implements Board {
  private static final long PAUSE_MILLIS = 1;
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Path folder;

  /// Whether this is the side that the clients are on, which makes the files.
  private final boolean first;

  private int things;

  FarBoard(Path folder, boolean first) {
    this.folder = folder;
    this.first = first;
  }

  private synchronized Path next(String what) {
    return folder.resolve(what + things++);
  }

  @Override
  public CountDownLatch latch() {
    return new FarLatch(next("latch"));
  }

  @Override
  public Counter counter() {
    try (FileChannel file =
        FileChannel.open(
            next("number"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return new FarCounter(file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Word word() {
    return new FarWord(next("word"));
  }

  @Override
  public Questions questions() {
    return new FarQuestions(next("question"));
  }

  @Override
  public Path path() {
    return next("file");
  }

  @Override
  public FileChannel file(byte[] bytes) throws IOException {
    Path path = path();
    if (first) {
      Files.write(path, bytes);
    }
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void breach(String text) {
    try {
      Files.writeString(
          folder.resolve("breaches"),
          text + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> breaches() {
    Path all = folder.resolve("breaches");
    try {
      return Files.exists(all) ? Files.readAllLines(all) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Puts a whole file there at once.
  static void put(Path file, String text) {
    try {
      String draftName = "draft-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
      Path draft = file.resolveSibling(draftName);
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class FarLatch extends CountDownLatch {
    private final Path file;

    FarLatch(Path file) {
      super(1);
      this.file = file;
    }

    @Override
    public void countDown() {
      if (Files.isDirectory(file.resolveSibling(""))) {
        put(file, "");
      }
    }

    @Override
    public long getCount() {
      return Files.exists(file) ? 0 : 1;
    }

    @Override
    public void await() throws InterruptedException {
      boolean _ = await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
      long start = System.nanoTime();
      long most = unit.toNanos(timeout);
      while (getCount() > 0) {
        if (System.nanoTime() - start >= most) {
          return false;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      return true;
    }
  }

  private record FarCounter(MappedByteBuffer bytes) implements Counter {
    @Override
    public long add(long more) {
      return (long) LONG.getAndAdd(bytes, 0, more) + more;
    }

    @Override
    public void raise(long least) {
      long now = value();
      while (now < least && !LONG.compareAndSet(bytes, 0, now, least)) {
        now = value();
      }
    }

    @Override
    public long value() {
      return (long) LONG.getVolatile(bytes, 0);
    }
  }

  private record FarWord(Path file) implements Word {
    @Override
    public void say(String text) {
      put(file, text);
    }

    @Override
    public String await() {
      Await.until("a word is said", Trial.LONG, () -> Files.exists(file));
      return read(file);
    }

    @Override
    public CompletionStage<String> stage() {
      CompletableFuture<String> stage = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .name("contract-word")
          .start(
              () -> {
                try {
                  while (!Files.exists(file)) {
                    Thread.sleep(PAUSE_MILLIS);
                  }
                  stage.complete(read(file));
                } catch (InterruptedException | UncheckedIOException e) {
                  stage.completeExceptionally(e);
                }
              });
      return stage;
    }
  }

  /// A question is a file with a number; its answer is beside it.
  private static final class FarQuestions implements Questions {
    private final Path start;
    private volatile int asked;
    private int heard;

    FarQuestions(Path start) {
      this.start = start;
    }

    private Path question(int number) {
      return start.resolveSibling(start.getFileName() + "-" + number);
    }

    private Word answer(int number) {
      return new FarWord(start.resolveSibling(start.getFileName() + "-" + number + "-answer"));
    }

    @Override
    public CompletionStage<String> ask() {
      for (int number = asked; ; number++) {
        try {
          Files.createFile(question(number));
          asked = number + 1;
          return answer(number).stage();
        } catch (FileAlreadyExistsException others) {
          // By another call, perhaps in another process.
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public synchronized Word next() {
      int number = heard++;
      Await.until(
          "the server asks for something", Trial.LONG, () -> Files.exists(question(number)));
      return answer(number);
    }
  }
}
