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
import usher.http.wire.Head;
import usher.http.wire.HeadScanner;
import usher.http.wire.HeadWriter;
import usher.session.Limits;

/// The parser and the writer of heads, alone.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Wire {
  private final byte[] typical = Requests.typical();
  private final ByteBuffer in = ByteBuffer.allocateDirect(typical.length).put(typical).flip();
  private final byte[] date =
      "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n".getBytes(StandardCharsets.US_ASCII);
  private final ByteBuffer body =
      ByteBuffer.wrap("Hello, World!".getBytes(StandardCharsets.US_ASCII));

  /// The head of a browser's request, all at once.
  @Benchmark
  public Head scan() {
    HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
    if (!scanner.scan(in.rewind(), typical.length)) {
      throw new IllegalStateException("the head is not complete");
    }
    return scanner.head();
  }

  /// The same, a byte at a time.
  @Benchmark
  public Head scanBytewise() {
    HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
    in.clear();
    boolean complete = false;
    for (int i = 0; i < typical.length; i++) {
      complete = scanner.scan(in.limit(i + 1), typical.length);
    }
    if (!complete) {
      throw new IllegalStateException("the head is not complete");
    }
    return scanner.head();
  }

  /// A small response with its body behind the head.
  @Benchmark
  public ByteBuffer write() {
    HeadWriter writer = new HeadWriter(200, 64);
    writer.bytes(date);
    writer.field("Content-Type", "text/plain; charset=utf-8");
    writer.contentLength(body.remaining());
    writer.end();
    writer.body(body);
    return writer.written();
  }
}
