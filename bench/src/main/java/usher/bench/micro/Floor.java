package usher.bench.micro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the least that any server must do costs on this machine: look at every byte of a request,
/// and copy an answer. The other benchmarks are read beside these two, as the servers are beside
/// the limit in C.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Floor {
  private final ByteBuffer request = ByteBuffer.wrap(Requests.typical());
  private final byte[] answer =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, World!"
          .getBytes(StandardCharsets.US_ASCII);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1024);

  /// Finds the blank line that ends the head, a byte at a time.
  @Benchmark
  public int findEnd() {
    int matched = 0;
    for (int i = 0; i < request.limit(); i++) {
      byte b = request.get(i);
      if (b == (matched % 2 == 0 ? '\r' : '\n')) {
        matched++;
        if (matched == 4) {
          return i;
        }
      } else {
        matched = b == '\r' ? 1 : 0;
      }
    }
    throw new IllegalStateException("no blank line");
  }

  /// Puts a ready answer into a buffer.
  @Benchmark
  public ByteBuffer copyAnswer() {
    return out.clear().put(answer);
  }
}
