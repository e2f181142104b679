package usher.testkit.contract;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/// What the server's side and the clients' side of a trial tell each other beside the connection.
///
/// Under most models both are in one process; under those of several processes the server's side is
/// in children, which run the behaviour once more up to the start of its server. So whatever a
/// behaviour shares between a handler and itself it takes from here, in the same order each time.
public interface Board {
  /// A latch that either side opens.
  CountDownLatch latch();

  /// A number that either side changes and reads.
  Counter counter();

  /// A word that one side says and the other one hears.
  Word word();

  /// Words that the server's side asks for, one after the other.
  Questions questions();

  /// A place for a file or a folder that goes with the trial; nothing is there yet, unless it was
  /// made on the other side.
  Path path() throws IOException;

  /// A file with this in it.
  FileChannel file(byte[] bytes) throws IOException;

  /// The driver did this wrong.
  void breach(String text);

  /// What the drivers of the server's side did wrong.
  List<String> breaches();

  /// A shared number, 0 at first.
  interface Counter {
    /// Adds so much.
    ///
    /// @return the sum
    long add(long more);

    /// Becomes at least so much.
    void raise(long least);

    /// What it is now.
    long value();
  }

  /// Said once.
  interface Word {
    /// Says it.
    void say(String text);

    /// Waits until it is said.
    String await() throws InterruptedException;

    /// A stage that ends when it is said.
    CompletionStage<String> stage();
  }

  /// Asked by a handler, answered by the behaviour.
  interface Questions {
    /// Asks: a stage that ends with the answer.
    CompletionStage<String> ask();

    /// Waits for the next question.
    ///
    /// @return what its answer is said by
    Word next() throws InterruptedException;
  }
}
