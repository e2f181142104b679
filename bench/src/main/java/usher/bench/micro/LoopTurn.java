package usher.bench.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import usher.bench.micro.treadmill.Treadmill;
import usher.http.HttpProtocol;
import usher.server.Model;
import usher.server.Server;
import usher.service.Echo;
import usher.session.Protocol;

/// One turn of the readiness driver over a channel without a kernel: select, read, session, write,
/// select again. With `echo` nearly nothing but the driver is left; with `http` the parser, the
/// handler and the response come to it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LoopTurn {
  private static final int TURNS = 1_000;

  /// What is spoken.
  @Param({"echo", "http"})
  public String protocol = "echo";

  /// Requests that come in one read.
  @Param({"1", "16"})
  public int depth = 1;

  private @Nullable Treadmill treadmill;
  private @Nullable Server server;

  @Setup
  public void start() throws IOException, InterruptedException {
    Protocol spoken =
        protocol.equals("echo") ? new Echo() : HttpProtocol.of(SessionTurn.greeting());
    Treadmill made = new Treadmill(Requests.repeated(Requests.small(), depth));
    server =
        Server.builder().listen(made.listener()).serve(spoken).model(new Model.EventLoop()).start();
    made.awaitConnection();
    treadmill = made;
  }

  @TearDown
  public void end() {
    if (server != null) {
      server.close();
    }
  }

  /// One turn, with as many requests as there are in one read.
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public long turn() throws InterruptedException {
    if (treadmill == null) {
      throw new IllegalStateException("not started");
    }
    return treadmill.turns(TURNS);
  }
}
