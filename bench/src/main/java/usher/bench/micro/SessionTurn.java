package usher.bench.micro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Peer;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;

/// One request through an HTTP session, without a driver: parse, call the handler, encode the
/// response, take the steps.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SessionTurn {
  /// `small` is what a load generator sends, `typical` what a browser sends.
  @Param({"small", "typical"})
  public String request = "small";

  private final Session session =
      HttpProtocol.of(greeting())
          .open(
              new Opening(new Nobody(), Limits.DEFAULT, Timeouts.DEFAULT, InstantSource.system()));
  private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
  private ByteBuffer in = ByteBuffer.allocateDirect(0);
  private long now;

  /// The handler of the side-by-side measurements.
  static HttpHandler greeting() {
    HttpResponse response = HttpResponse.text("Hello, World!");
    return HttpHandler.inline(_ -> response);
  }

  @Setup
  public void fill() {
    byte[] bytes = request.equals("small") ? Requests.small() : Requests.typical();
    in = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    turn();
    if (!StandardCharsets.US_ASCII
        .decode(out.duplicate().flip())
        .toString()
        .startsWith("HTTP/1.1 200 ")) {
      throw new IllegalStateException("the session answers something else");
    }
  }

  /// From the bytes of a request to the bytes of its answer.
  @Benchmark
  public ByteBuffer turn() {
    out.clear();
    now += 1_000;
    session.receive(in.rewind());
    while (true) {
      switch (session.next(now)) {
        case Step.Write write -> out.put(write.bytes());
        case Step.Call call -> session.complete(call.key(), outcome(call.task()));
        case Step.Park _ -> {
          return out;
        }
        case Step other -> throw new IllegalStateException("the session wants " + other);
      }
    }
  }

  private static Outcome outcome(Step.Task task) {
    try {
      return new Outcome.Value(task.run());
    } catch (Exception e) {
      return new Outcome.Failure(e);
    }
  }

  private record Nobody() implements Peer {
    @Override
    public String remote() {
      return "192.0.2.7:51034";
    }

    @Override
    public String host() {
      return "192.0.2.7";
    }

    @Override
    public String local() {
      return "192.0.2.1:80";
    }
  }
}
